import { paragraph, type Button, type Card } from '../../chat/card.ts';
import { callNodes, type CallList } from './call-list.ts';
import { numbersNode } from './cards.ts';
import { codeOf, describeHolder, formatMoment, identify, nameFor, type Reader } from './describe-escalation.ts';
import { openButton } from './find-actable.ts';
import { offerActs } from './offer-acts.ts';
import type { SeenEscalation } from './view-escalation.ts';

/** What whoever escalates a client with an open one reads: what there is, that its people were rung again, what else. */
export function addedCard(seen: SeenEscalation, reader: Reader, calls: CallList): Card {
  const { escalation, scene } = seen;
  const { severity, raisedAt, events } = escalation;
  const asked = events.findLast(({ act, by }) => act === 'add' && by === reader.person)?.detail['severity'];
  const another: Button = {
    ...{ action: 'escalations.raise-another', label: 'Raise another', subject: scene.client?.id ?? '' },
    choice: typeof asked === 'string' ? asked : severity,
  };
  const notes = offerActs(seen, ['add-note']).map((button) => ({ ...button, label: 'Add to it' }));
  return {
    kind: 'escalations.added',
    subject: escalation.id,
    summary: `Escalated: added to the open ${severity} of ${codeOf(seen)}.`,
    nodes: [
      ...(severity === 'crisis' ? [numbersNode(seen)] : []),
      paragraph([
        'Escalated: ',
        ...identify(seen, reader),
        ` has an open ${severity} since ${formatMoment(raisedAt, reader)}, ${describeHolder(escalation, reader)}. `,
        `Yours is added to it${rung(seen, reader)}`,
      ]),
      ...callNodes(calls, reader),
      { kind: 'buttons', buttons: [...notes, another, openButton(escalation.id)] },
    ],
  };
}

/** Who was told just now, and what follows when they say nothing. */
function rung({ escalation }: SeenEscalation, reader: Reader): string {
  const { notices, state, expiresAt } = escalation;
  const at = notices.findLast(({ reason }) => reason === 'raiser')?.at.getTime();
  const names = [
    ...new Set(
      notices
        .filter((one) => one.at.getTime() === at && one.reason !== 'raiser' && one.person !== undefined)
        .map(({ person }) => (person === undefined ? '' : nameFor(person, reader))),
    ),
  ];
  const told =
    names.length === 0 ? '.' : `, and ${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} told again.`;
  return state === 'acknowledged' && expiresAt !== undefined
    ? `${told} If nobody says by ${formatMoment(expiresAt, reader)} that it is still in hand, its ladder begins anew.`
    : told;
}
