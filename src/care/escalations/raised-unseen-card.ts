import type { Card } from '../../chat/card.ts';
import { numbersNode } from './cards.ts';
import type { Reachable } from './contact-records.ts';
import { codeOf, sayPhone } from './describe-escalation.ts';
import { openButton } from './find-actable.ts';
import { offerActs } from './offer-acts.ts';
import type { SeenEscalation } from './view-escalation.ts';

/**
 * What whoever raised it reads at once about a code they do not work with. It is the same for a code that leads to a
 * client of any team and for one that leads nowhere: the numbers to call and the duty of the raiser's own team. The
 * true way runs behind it.
 */
export function raisedUnseenCard(seen: SeenEscalation, phone: Reachable['phone']): Card {
  const { escalation, scene } = seen;
  const { cast, setup, names } = scene;
  const duty = cast.gap || cast.duty === undefined ? undefined : (names.get(cast.duty) ?? cast.duty);
  const when = escalation.severity === 'concern' ? 'on the next business day' : 'now';
  return {
    kind: 'escalations.raised',
    subject: escalation.id,
    summary: `Escalated: ${codeOf(seen)}, ${escalation.severity}.`,
    nodes: [
      numbersNode(seen),
      {
        kind: 'text',
        text:
          duty === undefined
            ? [
                {
                  bold: `Nobody is on duty in ${setup.name} at this hour. If it cannot wait, please call a number above.`,
                },
              ]
            : [
                `On duty in ${setup.name} now: `,
                { bold: duty },
                ' ',
                ...(phone?.readable === true ? [sayPhone(phone)] : ['(', sayPhone(phone), ')']),
                '. If it cannot wait, call them or a number above.',
              ],
      },
      {
        kind: 'text',
        text: [
          'Escalated: ',
          { bold: codeOf(seen) },
          ` · ${escalation.severity}. Whoever must have it hears of it ${when}. You do not work with this client, so their team is not shown; you are told who takes it.`,
        ],
      },
      { kind: 'buttons', buttons: [...offerActs(seen, ['add-note']), openButton(escalation.id)] },
    ],
  };
}
