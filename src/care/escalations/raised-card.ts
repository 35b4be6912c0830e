import { paragraph, type Card, type Node } from '../../chat/card.ts';
import { callNodes, staffedLine, type CallList } from './call-list.ts';
import { numbersNode } from './cards.ts';
import {
  codeOf,
  describeHolder,
  describeIfNot,
  describeTellees,
  formatMoment,
  identify,
  type Reader,
} from './describe-escalation.ts';
import { openButton } from './find-actable.ts';
import { offerActs } from './offer-acts.ts';
import { offerReach } from './offer-reach.ts';
import type { Escalation } from './records.ts';
import type { SeenEscalation } from './view-escalation.ts';

/**
 * What whoever raised it reads at once: whom to call, then what happened, who was told and who is next. Where nobody
 * is on duty it says so before anything else, and never that something was sent.
 */
export function raisedCard(
  seen: SeenEscalation,
  reader: Reader,
  { calls, others }: { readonly calls: CallList; readonly others: readonly Escalation[] },
): Card {
  const { escalation, scene } = seen;
  const { severity } = escalation;
  const alone = scene.nobodyOnDuty && severity !== 'concern';
  const numbers = severity === 'crisis' || alone;
  return {
    kind: 'escalations.raised',
    subject: escalation.id,
    summary: `Escalated: ${codeOf(seen)}, ${severity}.`,
    nodes: [
      ...(scene.route === 'crisis-line' && numbers ? crisisLine(seen) : []),
      ...(numbers ? [numbersNode(seen)] : []),
      ...(alone
        ? [
            paragraph([
              { bold: `Nobody is on duty in ${scene.setup.name} at this hour. Please call one of these numbers, now.` },
            ]),
          ]
        : []),
      paragraph(['Escalated: ', ...identify(seen, reader), ` · ${severity}. ${whoKnows(seen, reader)}`]),
      ...callNodes(calls, reader),
      ...about(seen),
      ...others.map((other) => paragraph([`Open already: ${other.severity} · ${describeHolder(other, reader)}.`])),
      {
        kind: 'buttons',
        buttons: [...offerReach(seen), ...offerActs(seen, ['hold', 'add-note']), openButton(escalation.id)],
      },
    ],
  };
}

/** The team sends callers there at this hour: before all other numbers. */
const crisisLine = (seen: SeenEscalation): Node[] => [
  paragraph([{ bold: 'At this hour, call the crisis line first: ' }, { phone: staffedLine(seen) }]),
];

function whoKnows({ escalation, scene, next }: SeenEscalation, reader: Reader): string {
  const told = describeTellees(escalation, reader);
  if (told === '') {
    const when = next === undefined ? 'the next business day' : formatMoment(next.at, reader);
    return `${scene.names.get(escalation.owner.id) ?? escalation.owner.name} is told on the next business day, ${when}. If it cannot wait, escalate it as urgent or crisis.`;
  }
  const all = escalation.notices.filter(
    ({ person, step }) => person !== undefined && step === escalation.step && step > 0,
  );
  const [has, they] = all.length > 1 ? ['have', 'none of them takes'] : ['has', 'they do not take'];
  const then = next === undefined ? '' : ` · if ${they} it ${describeIfNot(next, reader)}.`;
  return `${told} ${has} been told${then}`;
}

/**
 * A deceased client, a code that leads nowhere, and, to whoever is on duty, a client of another team: said, so that a
 * wrong pick is noticed.
 */
function about({ scene, seesClient, escalation }: SeenEscalation): Node[] {
  const { client } = scene;
  if (client === undefined && escalation.unknownCode !== undefined) {
    return [
      paragraph([
        'No client here has that code. Those who were told read so too. `client` finds the right one by name.',
      ]),
    ];
  }
  if (client?.status === 'deceased') {
    return [
      paragraph([
        `${client.code} is recorded here as deceased, so it went to the supervisor as a notice. If it is about somebody else, please escalate again.`,
      ]),
    ];
  }
  return client !== undefined && !seesClient
    ? [paragraph([`Client of ${client.coordinatorName ?? 'nobody yet'}, ${client.teamName}.`])]
    : [];
}
