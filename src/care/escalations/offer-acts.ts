import type { Button } from '../../chat/card.ts';
import { standingOf } from './find-actable.ts';
import { canAct, type EscalationAct, type Hand, type Standing } from './rules.ts';
import type { Opening } from './standing.ts';
import type { SeenEscalation } from './view-escalation.ts';

/** How an act is offered. */
interface Offer {
  readonly act: EscalationAct;
  readonly action: string;
  readonly label: string;
  readonly opensForm?: true;
  readonly style?: Button['style'];
}

const offers: readonly Offer[] = [
  { act: 'acknowledge', action: 'escalations.acknowledge', label: 'Acknowledge', style: 'primary' },
  { act: 'second-acknowledge', action: 'escalations.acknowledge', label: 'Acknowledge too', style: 'primary' },
  { act: 'hold', action: 'escalations.hold', label: 'I have it myself' },
  { act: 'take-over', action: 'escalations.take-over', label: 'Take over' },
  { act: 'keep', action: 'escalations.keep', label: 'Still with me' },
  { act: 'acknowledge', action: 'escalations.acknowledge-note', label: 'Acknowledge with a note', opensForm: true },
  { act: 'resolve', action: 'escalations.resolve', label: 'Resolve', opensForm: true },
  { act: 'escalate-further', action: 'escalations.further', label: 'Escalate further now' },
  { act: 'add-note', action: 'escalations.note', label: 'Add note', opensForm: true },
  { act: 'reopen', action: 'escalations.reopen', label: 'Reopen', opensForm: true },
];

/** What this reader may do now; the table of acts decides. */
export const offerActs = (
  { escalation, hand }: Pick<SeenEscalation, 'escalation' | 'hand'>,
  only?: readonly EscalationAct[],
): readonly Button[] => offerFor(escalation, standingOf(escalation), hand, only);

function offerFor(
  { id, version }: Pick<Opening, 'id' | 'version'>,
  standing: Standing,
  hand: Hand,
  only?: readonly EscalationAct[],
): readonly Button[] {
  // Who raised it is no second pair of eyes: what is offered first is to hold it, and to take it never stands out.
  const quiet = hand.raised && hand.told !== true;
  const holds = quiet && canAct('hold', standing, hand);
  return offers
    .filter(({ act }) => (only === undefined || only.includes(act)) && canAct(act, standing, hand))
    .filter(({ act, opensForm }) => act !== 'acknowledge' || (!holds && (only === undefined || opensForm !== true)))
    .map(({ act, action, label, opensForm, style }) => ({
      action,
      label,
      subject: id,
      version,
      ...(opensForm === undefined ? {} : { opensForm }),
      ...(style === undefined || (quiet && act === 'acknowledge') ? {} : { style }),
    }));
}

/** For whom the ladder told: to be rung once more. It takes nothing. */
export function offerReminder({ escalation, hand }: Pick<SeenEscalation, 'escalation' | 'hand'>): readonly Button[] {
  return hand.told === true && escalation.state === 'raised' && escalation.acknowledged?.by.id !== hand.person
    ? [{ action: 'escalations.remind-me', label: 'Remind me in 15', subject: escalation.id }]
    : [];
}

/** Acts of one tap that a list offers too. There the answer comes beside the list, which follows by itself. */
const asides: Readonly<Record<string, string>> = {
  'escalations.acknowledge': 'escalations.acknowledge-aside',
  'escalations.further': 'escalations.further-aside',
};

/** What stands in a row of a list of all that is due. An escalation is never put off: its clock is a clinical one. */
export function offerAside(opening: Opening, hand: Hand): readonly Button[] {
  const { state, needsTwo, taken } = opening;
  const standing = { state, needsTwo, acknowledgedBy: taken?.by.id, secondBy: taken?.second?.id };
  return offerFor(opening, standing, hand, ['acknowledge', 'second-acknowledge', 'resolve', 'escalate-further']).map(
    (button) => ({ ...button, action: asides[button.action] ?? button.action }),
  );
}
