import { paragraph, type Button, type Card, type Node, type Tone } from '../../chat/card.ts';
import { callNodes, type CallList } from './call-list.ts';
import {
  codeOf,
  describeHead,
  describeHolder,
  describeTimeline,
  formatMoment,
  identify,
  listNumbers,
  nameFor,
  numberSpans,
  sayWord,
  type Reader,
} from './describe-escalation.ts';
import { describeDisposition, describeReason, stateLabels } from './escalation-words.ts';
import { openButton } from './find-actable.ts';
import { offerActs, offerReminder } from './offer-acts.ts';
import { offerReach, offerWords } from './offer-reach.ts';
import { readableWords, spansOf } from './readable-words.ts';
import { escalationCardKind, newsCardKind } from './save-change.ts';
import type { SeenEscalation } from './view-escalation.ts';

const buttonsNode = (buttons: readonly Button[]): Node[] =>
  buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];

/** Codes only: phones show it on a locked screen. */
const summaryOf = (seen: SeenEscalation): string =>
  `${sayWord(seen.escalation)}: ${codeOf(seen)}, ${stateLabels[seen.escalation.state]}.`;

const tones: Readonly<Record<string, Tone>> = { crisis: 'alarm', urgent: 'warning' };

/** What it is, who has it and who is next: weight and colour while a named human still has to act. */
export function headNode(seen: SeenEscalation, reader: Reader, quietly = false): Node {
  const { severity, state } = seen.escalation;
  const tone = state === 'resolved' ? undefined : tones[severity];
  return { kind: 'heading', text: describeHead(seen, reader, quietly), ...(tone === undefined ? {} : { tone }) };
}

/** Stands on every crisis card, before everything else but what it is. */
export function numbersNode(seen: Pick<SeenEscalation, 'scene'>): Node {
  const { setup, route } = seen.scene;
  const call = route === undefined ? undefined : setup.policies.outOfHours?.call;
  return paragraph([{ bold: 'Call: ' }, ...numberSpans(listNumbers(setup.crisis, call))]);
}

/** The private card: who raised what about whom, who was told, whose it is, and what this reader may do now. */
export function escalationCard(seen: SeenEscalation, reader: Reader, calls: CallList, headline?: string): Card {
  const { escalation, scene, seesClient } = seen;
  const show: Button = { action: 'clients.show', label: 'Show the client', subject: scene.client?.id ?? '' };
  return {
    kind: escalationCardKind,
    subject: escalation.id,
    summary: headline ?? summaryOf(seen),
    nodes: [
      ...(headline === undefined ? [] : [paragraph([{ bold: headline }])]),
      headNode(seen, reader),
      ...(escalation.severity === 'crisis' ? [numbersNode(seen)] : []),
      paragraph(['Escalation: ', ...identify(seen, reader), ` · ${escalation.severity}`]),
      ...callNodes(calls, reader),
      { kind: 'facts', facts: privateFacts(seen, reader) },
      ...wordNodes(seen, reader),
      ...buttonsNode([
        ...offerActs(seen),
        ...offerReminder(seen),
        ...offerReach(seen),
        ...offerWords(seen),
        ...(seesClient ? [show] : []),
      ]),
    ],
  };
}

interface Fact {
  readonly label: string;
  readonly value: string;
}
const fact = (label: string, value: string | undefined): readonly Fact[] =>
  value === undefined || value === '' ? [] : [{ label, value }];
const factsNode = (facts: readonly Fact[]): Node[] => (facts.length === 0 ? [] : [{ kind: 'facts', facts }]);

function privateFacts(seen: SeenEscalation, reader: Reader): readonly Fact[] {
  const { escalation } = seen;
  const { raisedBy, raisedAt, expiresAt, state, resolved, late, owner } = escalation;
  const told = describeTimeline(escalation, reader);
  return [
    ...fact('Waits on', state === 'raised' ? nameFor(owner, reader) : undefined),
    ...fact(
      'Holds until',
      state === 'acknowledged' && expiresAt !== undefined && expiresAt > reader.now
        ? formatMoment(expiresAt, reader)
        : undefined,
    ),
    ...fact('Then', resolved === undefined ? undefined : describeDisposition(resolved.disposition)),
    ...fact(
      'Raised',
      `${raisedBy.id === reader.person ? 'by you' : `by ${raisedBy.name}`}, ${formatMoment(raisedAt, reader)}`,
    ),
    ...fact('Reason', describeReason(escalation.reason)),
    ...fact('Team', escalation.teamName),
    ...fact('Told', told),
    ...fact('Late', late ? 'yes: later than the ladder says' : undefined),
  ];
}

/** What somebody wrote, where words stand; who it is about stands in the first line. */
function wordNodes(seen: SeenEscalation, reader: Reader): Node[] {
  return readableWords(seen)
    .filter(({ what }) => what !== 'about')
    .map((words) => paragraph(spansOf(words, (at) => formatMoment(at, reader))));
}

/** For a place that several people read: the code, who has it, who is next; no reason and no words. */
export function placeCard(seen: SeenEscalation, reader: Reader): Card {
  const { escalation } = seen;
  const take: Button = {
    action: 'escalations.acknowledge',
    label: 'Acknowledge',
    subject: escalation.id,
    version: escalation.version,
    style: 'primary',
  };
  return {
    kind: escalationCardKind,
    subject: escalation.id,
    summary: summaryOf(seen),
    nodes: [
      headNode(seen, reader, true),
      ...(escalation.severity === 'crisis' ? [numbersNode(seen)] : []),
      paragraph(['Escalation: ', { bold: codeOf(seen) }, ` · ${escalation.severity}`]),
      ...factsNode([
        ...fact('Waits on', escalation.state === 'raised' ? nameFor(escalation.owner, reader) : undefined),
        ...fact('Late', escalation.late ? 'yes' : undefined),
      ]),
      ...buttonsNode([...(escalation.state === 'raised' ? [take] : []), openButton(escalation.id)]),
    ],
  };
}

/** One fresh line, as it stands when it is read. */
export function newsCard(seen: SeenEscalation, reader: Reader): Card {
  const { escalation, hand } = seen;
  const { state, expiresAt } = escalation;
  const holds = escalation.owner.id === hand.person || escalation.second?.by.id === hand.person;
  const until =
    state === 'acknowledged' && holds && expiresAt !== undefined
      ? ` · back on the ladder at ${formatMoment(expiresAt, reader)}, unless you resolve it or say it is still with you`
      : '';
  const word = state === 'resolved' ? 'Resolved' : state === 'acknowledged' ? 'Taken' : 'Taken by one of two';
  return {
    kind: newsCardKind,
    subject: escalation.id,
    summary: `${word}: escalation of ${codeOf(seen)}.`,
    nodes: [
      paragraph([
        { bold: `${word}: ` },
        ...identify(seen, reader),
        ` · ${escalation.severity} · ${describeHolder(escalation, reader)}${until}`,
      ]),
      ...buttonsNode([...(holds ? offerActs(seen, ['keep', 'resolve']) : []), openButton(escalation.id)]),
    ],
  };
}

/** What one person just did, in one line; the copies they have follow by themselves. */
export function doneCard(seen: SeenEscalation, reader: Reader, said: string): Card {
  const { escalation } = seen;
  return {
    kind: 'escalations.done',
    subject: escalation.id,
    summary: `${said}: escalation of ${codeOf(seen)}.`,
    nodes: [
      paragraph([
        { bold: `${said}: ` },
        ...identify(seen, reader),
        ` · ${escalation.severity} · ${describeHolder(escalation, reader)}`,
      ]),
      ...buttonsNode([openButton(escalation.id)]),
    ],
  };
}
