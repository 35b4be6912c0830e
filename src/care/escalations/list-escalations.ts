import { requirePerson } from '../../access/actor.ts';
import { allows } from '../../access/policy.ts';
import { recordEvent } from '../../audit/record-event.ts';
import type { Card, Row } from '../../chat/card.ts';
import type { Work, Contribution } from '../../feature/feature.ts';
import { describeNext, identify, readerOf, type Reader } from './describe-escalation.ts';
import { openButton } from './find-actable.ts';
import { inOrderFor } from './list-open.ts';
import { listOpenFor } from './list-records.ts';
import { offerActs } from './offer-acts.ts';
import { listOpenings } from './open-records.ts';
import { describeOpening } from './standing-words.ts';
import { inOrder, isHeld, type Opening } from './standing.ts';
import { viewEscalation, type SeenEscalation } from './view-escalation.ts';

export const listCardKind = 'escalations.list';

/** With whom it waits on, while nobody has it. */
function sayOpening(opening: Opening, reader: Reader): string {
  const who = opening.owner.id === reader.person ? 'you' : opening.owner.name;
  return `${describeOpening(opening, reader)}${isHeld(opening, reader.now) ? '' : `; it waits on ${who}`}`;
}

function listRow(seen: SeenEscalation & { readonly opening: Opening }, reader: Reader): Row {
  const { escalation, next, opening } = seen;
  const detail = [
    ...(escalation.late ? ['late'] : []),
    // Whoever raised it about a code they do not work with is not told whose it is.
    ...(isHeld(opening, reader.now) || seen.hidden
      ? []
      : [`it waits on ${opening.owner.id === reader.person ? 'you' : opening.owner.name}`]),
    ...(next === undefined ? [] : [`next: ${describeNext(next, reader)}`]),
  ].join(' · ');
  return {
    id: escalation.id,
    text: [...identify(seen, reader), ' · ', { bold: describeOpening(opening, reader) }],
    ...(detail === '' ? {} : { detail }),
    buttons: [...offerActs(seen, ['acknowledge', 'second-acknowledge', 'hold']), openButton(escalation.id)],
  };
}

/** The open ones that concern this person or their team; for who oversees, all of them. One access record a view. */
export async function drawList(work: Work): Promise<Card> {
  const { person, team, roles } = requirePerson(work.actor);
  const answers = allows(work.actor, 'escalation.answer', 'organisation');
  const everywhere = roles.includes('supervisor') || roles.includes('director');
  const found = await listOpenFor(work.tx, { person, team: answers ? team : undefined, everywhere });
  const full = new Map(found.map((one) => [one.id, one]));
  const open = inOrderFor(work, await listOpenings(work.tx, { ids: [...full.keys()] }));
  const seen = [];
  for (const opening of open) {
    const escalation = full.get(opening.id);
    if (escalation !== undefined) seen.push({ opening, ...(await viewEscalation(work, escalation)) });
  }
  await recordEvent(work.tx, {
    actor: work.actor,
    verb: 'escalations.see',
    subjectKind: 'person',
    subjectId: person,
    detail: { shown: seen.length },
    at: work.now,
  });
  const late = seen.filter(({ escalation }) => escalation.late).length;
  const said = open.length === 0 ? 'No escalation is open.' : `Open escalations: ${open.length}.`;
  return {
    kind: listCardKind,
    summary: said,
    nodes: [
      { kind: 'text', text: [{ bold: said }, ...(late === 0 ? [] : [` Late: ${late}.`])] },
      ...(seen.length === 0 ? [] : [{ kind: 'rows' as const, rows: seen.map((one) => listRow(one, readerOf(work))) }]),
      { kind: 'buttons', buttons: [{ action: 'escalations.raise', label: 'Escalate', opensForm: true }] },
    ],
  };
}

/** What stands open for a client, on the client's card, and the way to raise one. */
export async function contributeToClient(work: Work, client: string): Promise<Contribution> {
  const open = inOrder(await listOpenings(work.tx, { clients: [client] }));
  const [first] = open;
  return {
    ...(first === undefined
      ? {}
      : {
          facts: [
            {
              label: open.length === 1 ? 'Open escalation' : 'Open escalations',
              value: `${open.length === 1 ? '' : `${open.length}, `}${sayOpening(first, readerOf(work))}`,
            },
          ],
        }),
    buttons: [
      { action: 'escalations.raise', label: 'Escalate', subject: client, opensForm: true },
      ...open.map(({ id }) => ({ ...openButton(id), label: 'Open escalation' })),
    ],
  };
}
