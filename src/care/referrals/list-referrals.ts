import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { roleSchema } from '../../access/roles.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card, Node } from '../../chat/card.ts';
import type { Work, Contribution } from '../../feature/feature.ts';
import type { DueItem, DueQuery } from '../../feature/due.ts';
import { localDate } from '../../calendar/zones.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { findMarksOf } from '../clients/find-marks.ts';
import { relationTo } from '../clients/rules.ts';
import { referralRow } from './cards.ts';
import { readerOf } from './draw-referral.ts';
import { openButton, type SeenReferral } from './find-referral.ts';
import { offerAside } from './offer-steps.ts';
import { listUnclosed, listUnclosedOf, teamsOf, type Referral } from './records.ts';
import { describeTask } from './referral-words.ts';
import { sidesOf, whoActsNext, type NextTask, type NextTurn } from './rules.ts';

export const listCardKind = 'referrals.list';

/** Whose it is to act: the named person, or everybody of the asked team who may take it. */
const acts = (turn: NextTurn, referral: Referral, who: Taker): boolean =>
  turn.person === undefined ? who.takes && sidesOf(referral, who).includes('target') : turn.person === who.person;

/** Waits for the other side's step: who asked, always; who serves, while their question is not answered. */
const waits = (turn: NextTurn, referral: Referral, person: string): boolean =>
  (referral.requester === person && turn.person !== person) ||
  (referral.receiver === person && turn.task === 'answer-question' && turn.person !== person);

/** Tasks for which the other side stands still until somebody says a word. */
const answers: readonly NextTask[] = ['answer-request', 'answer-question'];

/**
 * Referrals that wait on these people, or that they wait for, due by a day: one item a referral, however many of them
 * it concerns. What a team has not taken yet waits on each of its people; a list over several people names who asked,
 * who is accountable until then.
 */
export async function listDueReferrals(work: Work, query: DueQuery): Promise<readonly DueItem[]> {
  const referrals = await listUnclosed(work.tx, query.people);
  const clients = await findMarksOf(
    work,
    referrals.map((one) => one.client),
  );
  const people = await listTakers(work, query.people);
  return referrals.flatMap((referral): DueItem[] => {
    const turn = whoActsNext(referral);
    const client = clients.get(referral.client);
    if (turn?.by === undefined || client === undefined) return [];
    const dueOn = localDate(turn.by, work.actor.zone);
    const actor = people.find((one) => acts(turn, referral, one));
    const waiter = people.find((one) => waits(turn, referral, one.person));
    const owner = turn.person === undefined && people.length > 1 ? (waiter ?? actor) : (actor ?? waiter);
    if (owner === undefined || dueOn > query.until) return [];
    return [
      {
        id: `referral:${referral.id}`,
        owner: owner.person,
        client: client.id,
        code: client.code,
        team: client.team,
        dueOn,
        tier: client.tier,
        what: `${describeTask(turn.task, referral.toKind)}: referral to ${named(referral)}`,
        waitingOnOthers: owner !== actor,
        ...(owner === actor && answers.includes(turn.task) ? { section: 'waiting-on-me' } : {}),
        ...(referral.urgency === 'crisis' ? { clinical: true } : {}),
        // Every button answers beside the list it stands on, which follows by itself. A list of several people's
        // things is a shared one: who may do what is asked when it is opened.
        buttons: [
          ...(people.length === 1 ? offerAside({ referral, sides: sidesOf(referral, owner) }) : []),
          openButton(referral.id),
        ],
      },
    ];
  });
}

/** Lists stand in shared places too, where a partner's name beside a code could tell what a client suffers from. */
const named = ({ toKind, toName }: Referral): string => (toKind === 'partner' ? 'a partner' : toName);

interface Taker {
  readonly person: string;
  readonly team: string;
  /** May take a referral for their team. */
  readonly takes: boolean;
}

async function listTakers(work: Work, people: readonly string[]): Promise<readonly Taker[]> {
  const known = await teamsOf(work.tx, people);
  return [...known]
    .map(([person, { team, roles }]) => {
      const takes = allows({ roles: roles.map((role) => roleSchema.parse(role)) }, 'referral.answer', 'organisation');
      return { person, team, takes };
    })
    .sort((a, b) => (a.person < b.person ? -1 : 1));
}

/** Everything of this person's whose loop is not closed: first what waits on them. One access record a view. */
export async function drawList(work: Work): Promise<Card> {
  const { person, team } = requirePerson(work.actor);
  const takes = allows(work.actor, 'referral.answer', 'organisation');
  const open = (await listUnclosed(work.tx, [person])).filter(
    (referral) => whoActsNext(referral) !== undefined && sidesOf(referral, { person, team }).length > 0,
  );
  const seen = await seeAll(work, open);
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'referrals.see',
    subjectKind: 'person',
    subjectId: person,
    detail: { clients: seen.length },
    at: work.now,
  });
  const mine = seen.filter(({ referral }) => {
    const turn = whoActsNext(referral);
    return turn !== undefined && acts(turn, referral, { person, team, takes });
  });
  const others = seen.filter((one) => !mine.includes(one));
  const section = (title: string, list: readonly SeenReferral[]): Node[] =>
    list.length === 0
      ? []
      : [
          { kind: 'heading', text: `${title}: ${list.length}` },
          { kind: 'rows', rows: list.map((one) => referralRow(one, readerOf(work))) },
        ];
  return {
    kind: listCardKind,
    summary: mine.length === 0 ? 'No referral waits on you.' : `Referrals waiting on you: ${mine.length}.`,
    nodes: [
      ...(mine.length === 0 ? [{ kind: 'text' as const, text: 'No referral waits on you.' }] : []),
      ...section('Waiting on you', mine),
      ...section('Waiting on others', others),
      { kind: 'buttons', buttons: [{ action: 'referrals.request', label: 'Refer a client', opensForm: true }] },
    ],
  };
}

/** Soonest due first. */
async function seeAll(work: Work, referrals: readonly Referral[]): Promise<readonly SeenReferral[]> {
  const clients = await findClientsOf(
    work,
    referrals.map((one) => one.client),
  );
  return [...referrals]
    .sort((a, b) => (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0))
    .flatMap((referral) => {
      const client = clients.get(referral.client);
      if (client === undefined) return [];
      const seesClient = allows(work.actor, 'client.see', relationTo(work.actor, client));
      return [{ referral, client, sides: sidesOf(referral, work.actor), seesClient }];
    });
}

/** What stands open for a client, on the client's card. */
export async function contributeToClient(work: Work, client: string): Promise<Contribution> {
  const open = (await listUnclosedOf(work.tx, client)).filter((one) => whoActsNext(one) !== undefined);
  const seen = await seeAll(work, open);
  return {
    ...(seen.length === 0 ? {} : { facts: [{ label: 'Open referrals', value: String(seen.length) }] }),
    buttons: [{ action: 'referrals.request', label: 'Refer', subject: client, opensForm: true }],
    nodes:
      seen.length === 0
        ? []
        : [
            { kind: 'divider' },
            { kind: 'heading', text: 'Referrals' },
            { kind: 'rows', rows: seen.map((one) => referralRow(one, readerOf(work))) },
          ],
  };
}
