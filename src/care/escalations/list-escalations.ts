import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card } from '../../chat/card.ts';
import type { Ask, Contribution, DueItem, DueQuery } from '../../chat/feature.ts';
import { localDate } from '../../chat/local-date.ts';
import { findClientsOf } from '../clients/find-allowed-client.ts';
import { relationTo } from '../clients/rules.ts';
import { escalationRow } from './cards.ts';
import { describeHolder, readerOf } from './describe-escalation.ts';
import { handOf, openButton } from './find-actable.ts';
import { listOpenAbout, listOpenFor, listOpenOf } from './list-records.ts';
import { offerAside } from './offer-acts.ts';
import type { Escalation } from './records.ts';
import { severitySchema } from './rules.ts';
import { viewEscalation } from './view-escalation.ts';

export const listCardKind = 'escalations.list';

const rank = ({ severity }: Escalation): number => severitySchema.options.indexOf(severity);
/** Late ones first, then what cannot wait, then what nobody has taken, then the oldest. */
function compare(a: Escalation, b: Escalation): number {
  return (
    Number(b.late) - Number(a.late) ||
    rank(a) - rank(b) ||
    Number(b.state === 'raised') - Number(a.state === 'raised') ||
    a.raisedAt.getTime() - b.raisedAt.getTime()
  );
}

/** The open ones that concern this person or their team; for who oversees, all of them. One access record a view. */
export async function drawList(ask: Ask): Promise<Card> {
  const { person, team, roles } = ask.actor;
  const answers = allows(ask.actor, 'escalation.answer', 'organisation');
  const everywhere = roles.includes('supervisor') || roles.includes('director');
  const open = [...(await listOpenFor(ask.tx, { person, team: answers ? team : undefined, everywhere }))].sort(compare);
  const seen = [];
  for (const escalation of open) seen.push(await viewEscalation(ask, escalation));
  await recordEvent(ask.tx, {
    actor: person,
    verb: 'escalations.see',
    subjectKind: 'person',
    subjectId: person,
    detail: { shown: seen.length },
    at: ask.now,
  });
  const late = open.filter((one) => one.late).length;
  const said = open.length === 0 ? 'No escalation is open.' : `Open escalations: ${open.length}.`;
  return {
    kind: listCardKind,
    summary: said,
    nodes: [
      { kind: 'text', text: [{ bold: said }, ...(late === 0 ? [] : [` Late: ${late}.`])] },
      ...(seen.length === 0
        ? []
        : [{ kind: 'rows' as const, rows: seen.map((one) => escalationRow(one, readerOf(ask))) }]),
      { kind: 'buttons', buttons: [{ action: 'escalations.raise', label: 'Escalate', opensForm: true }] },
    ],
  };
}

/** What stands open for a client, on the client's card, and the way to raise one. */
export async function contributeToClient(ask: Ask, client: string): Promise<Contribution> {
  const open = [...(await listOpenAbout(ask.tx, client))].sort(compare);
  const [first] = open;
  return {
    ...(first === undefined
      ? {}
      : {
          facts: [
            {
              label: open.length === 1 ? 'Open escalation' : 'Open escalations',
              value: `${open.length === 1 ? '' : `${open.length}, `}${first.severity}: ${describeHolder(first, readerOf(ask))}`,
            },
          ],
        }),
    buttons: [
      { action: 'escalations.raise', label: 'Escalate', subject: client, opensForm: true },
      ...open.map(({ id }) => ({ ...openButton(id), label: 'Open escalation' })),
    ],
  };
}

/** Each waits on exactly one person: to be taken today, or settled before the acknowledgement runs out. */
export async function listDueEscalations(ask: Ask, query: DueQuery): Promise<readonly DueItem[]> {
  const open = await listOpenOf(ask.tx, query.people);
  const clients = await findClientsOf(
    ask,
    open.flatMap(({ client }) => client ?? []),
  );
  return open.flatMap((escalation): DueItem[] => {
    const { id, client: about, state, step, expiresAt, frozen, owner, severity } = escalation;
    const client = about === undefined ? undefined : clients.get(about);
    // Whoever raised it about a code they do not work with learns nothing of it by taking it.
    const hidden =
      escalation.raisedBy.id === ask.actor.person &&
      client !== undefined &&
      !allows(ask.actor, 'client.see', relationTo(ask.actor, client));
    const moment = state === 'acknowledged' ? (expiresAt ?? ask.now) : step > 0 ? ask.now : new Date(frozen.nextAt);
    const dueOn = localDate(moment, ask.actor.zone);
    if (dueOn > query.until) return [];
    return [
      {
        id: `escalation:${id}`,
        owner: owner.id,
        // Whoever stands in no list has no card either; the id only has to be one.
        client: client?.id ?? id,
        code: client?.code ?? escalation.unknownCode ?? 'Not in the list',
        team: escalation.team,
        dueOn,
        tier: severity === 'crisis' ? 'high' : ((hidden ? undefined : client?.tier) ?? 'medium'),
        what: state === 'raised' ? 'escalation, acknowledge' : 'escalation, resolve',
        waitingOnOthers: false,
        ...(state === 'raised' ? { section: 'unacknowledged' } : {}),
        clinical: true,
        // A list of several people's things is a shared one: who may do what is asked when it is opened.
        buttons: [
          ...(query.people.length === 1 ? offerAside({ escalation, hand: handOf(ask, escalation) }) : []),
          openButton(id),
        ],
      },
    ];
  });
}
