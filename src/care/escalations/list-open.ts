import { isSelf, personOf } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { compareAttention, type Attention } from '../../feature/attention-order.ts';
import type { Work, ClientMark } from '../../feature/feature.ts';
import type { DueItem, DueQuery } from '../../feature/due.ts';
import { localDate } from '../../calendar/zones.ts';
import { relationTo } from '../clients/rules.ts';
import { readerOf } from './describe-escalation.ts';
import { openButton } from './find-actable.ts';
import { offerAside } from './offer-acts.ts';
import { listOpenings } from './open-records.ts';
import type { Hand } from './rules.ts';
import { describeOpening } from './standing-words.ts';
import {
  attentionOf,
  codeOfOpening,
  inOrder,
  isHeld,
  momentOf,
  tieOf,
  tierOf,
  type Opening,
  type Tie,
} from './standing.ts';

/** Who asks, to an escalation that is open: as for one that is read in full. */
function handOf({ actor }: Work, { told, raisedBy }: Opening): Hand {
  const person = personOf(actor);
  const named = person !== undefined && told.includes(person);
  const answers = allows(actor, 'escalation.answer', 'organisation') || named;
  return { person, answers, raised: raisedBy === person, told: named };
}

/** Whoever raised it about a client they do not work with learns nothing of them by taking it. */
const isHidden = ({ actor }: Work, { raisedBy, client, team }: Opening): boolean =>
  isSelf(actor, raisedBy) &&
  client !== undefined &&
  !allows(actor, 'client.see', relationTo(actor, { coordinator: client.coordinator, team }));

/** In the one order, where a tier that its reader may not learn counts as that of a code that leads nowhere. */
export const inOrderFor = (work: Work, open: readonly Opening[]): readonly Opening[] =>
  [...open].sort((a, b) => compareAttention(placeOf(work, a), placeOf(work, b)));

const placeOf = (work: Work, opening: Opening): Attention => ({
  ...attentionOf(opening),
  tier: tierFor(work, opening),
});

const tierFor = (work: Work, opening: Opening): string =>
  tierOf(isHidden(work, opening) ? { severity: opening.severity, client: undefined } : opening);

/** What is to be done, by how it concerns whose list it is. */
function taskOf(opening: Opening, tie: Tie, held: boolean): string {
  if (tie === 'to-watch') return 'escalation of your client';
  const act = held ? 'resolve' : opening.taken !== undefined ? 'a second person must take it' : 'acknowledge';
  return tie === 'told' ? `escalation, you were told: ${act}` : `escalation, ${act}`;
}

/**
 * What is open as due things: of the one who is accountable; until somebody has it, of everybody who was told of it; and
 * of the client's own coordinator, who knows of it as long as it is open. One item an escalation, however many of them it
 * concerns: a list of several people is a shared one, and names the one who is accountable. A team's list has all that
 * is open about its clients, whoever answers for it, as its agenda and its report do.
 */
export async function listDueEscalations(
  work: Work,
  { people, team: of, until }: DueQuery,
): Promise<readonly DueItem[]> {
  const whose = new Set(people);
  const reader = readerOf(work);
  const alone = of === undefined && people.length === 1;
  return (await listOpenings(work.tx, of === undefined ? { people } : { team: of })).flatMap((opening): DueItem[] => {
    const tie = tieOf(opening, whose, work.now) ?? (of === undefined ? undefined : 'to-watch');
    const dueOn = localDate(momentOf(opening, work.now), work.actor.zone);
    if (tie === undefined || (of === undefined && dueOn > until)) return [];
    const { id, client, owner, severity, raisedAt, team } = opening;
    const held = isHeld(opening, work.now);
    // Of a team's things nobody's own is to be watched only: until somebody has it, somebody must take it.
    const watched = tie === 'to-watch' && (alone || held);
    return [
      {
        id: `escalation:${id}`,
        owner: owner.id,
        ownerName: owner.name,
        // Whoever stands in no list has no card either; the id only has to be one.
        client: client?.id ?? id,
        code: codeOfOpening(opening),
        ...{ team, dueOn, severity, since: raisedAt },
        tier: tierFor(work, opening),
        open: describeOpening(opening, reader),
        what: alone ? taskOf(opening, tie, held) : taskOf(opening, 'accountable', held),
        waitingOnOthers: watched,
        ...(held || watched ? {} : { section: 'unacknowledged' }),
        clinical: true,
        // Who may do what in a shared list is asked when it is opened.
        buttons: [...(alone && !watched ? offerAside(opening, handOf(work, opening)) : []), openButton(id)],
      },
    ];
  });
}

/** What of this is called by its name in every row about a client; a concern is not. */
export async function markClients(work: Work, clients: readonly string[]): Promise<ReadonlyMap<string, ClientMark>> {
  const reader = readerOf(work);
  const marks = new Map<string, ClientMark>();
  for (const opening of inOrder(await listOpenings(work.tx, { clients }))) {
    const { client, severity } = opening;
    if (severity === 'concern' || client === undefined || marks.has(client.id)) continue;
    marks.set(client.id, { severity, open: describeOpening(opening, reader) });
  }
  return marks;
}

/** An escalation that is open at this moment: a code, and how it stands. */
export interface OpenNow {
  readonly code: string;
  /** `CRISIS · open 12 min · nobody has it` */
  readonly open: string;
  /** Somebody must take it: an acknowledgement that ran out is none. */
  readonly untaken: boolean;
}

/** What is open now about a team's clients, or that concerns a person, in the one order. */
export async function listOpenNow(
  work: Work,
  of: { readonly team: string } | { readonly person: string },
): Promise<readonly OpenNow[]> {
  const reader = readerOf(work);
  const open = await listOpenings(work.tx, 'team' in of ? of : { people: [of.person] });
  const theirs = 'team' in of ? open : open.filter((one) => tieOf(one, new Set([of.person]), work.now) !== undefined);
  return inOrderFor(work, theirs).map((opening) => ({
    code: codeOfOpening(opening),
    open: describeOpening(opening, reader),
    untaken: !isHeld(opening, work.now),
  }));
}
