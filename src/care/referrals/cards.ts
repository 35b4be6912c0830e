import type { OrganisationPrivacy } from '../../access/records.ts';
import { paragraph, type Button, type Card, type Node, type Row, type Span } from '../../chat/card.ts';
import { localDate, localTime } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { sayWords } from '../../feature/say-sealed.ts';
import { clientSpans } from '../clients/cards.ts';
import { readNoteButton, wordsStand } from '../clients/typed-words.ts';
import { openButton, type SeenReferral } from './find-referral.ts';
import { offerSteps } from './offer-steps.ts';
import type { Referral } from './records.ts';
import { describeReason, describeService, describeTask, saidLabels, stateLabels } from './referral-words.ts';
import { whoActsNext, type ReferralNote, type ReferralStep } from './rules.ts';
import { referralCardKind } from './tell-sides.ts';

/** For whom a card is drawn. */
export interface Reader {
  readonly now: Date;
  readonly zone: string;
  readonly privacy: OrganisationPrivacy;
}

/** `Tue 24 Nov 09:00`, where the reader lives. */
function formatMoment(moment: Date, { now, zone }: Reader): string {
  return `${formatDay(localDate(moment, zone), localDate(now, zone))} ${localTime(moment, zone)}`;
}

/** `Jon Reyes, accept or decline, by Tue 24 Nov 09:00`: always shown, so that nobody wonders whose turn it is. */
export function describeNext(referral: Referral, reader: Reader): string {
  const turn = whoActsNext(referral);
  if (turn === undefined) return 'nobody, it is finished';
  const who =
    turn.side === 'requester' ? referral.requesterName : (referral.receiverName ?? `somebody of ${referral.toName}`);
  const by = turn.by === undefined ? '' : `, by ${formatMoment(turn.by, reader)}`;
  return `${who}, ${describeTask(turn.task, referral.toKind)}${by}`;
}

/** Two identifiers; who may not see the client gets the code and the coordinator, never a label. */
export function identify({ client, seesClient }: SeenReferral, privacy: OrganisationPrivacy): Span[] {
  return clientSpans(client, seesClient ? privacy : { ...privacy, privacy: 'minimal', label: 'nothing' });
}

/** In a place that several people read, neither the service nor a reason stands beside a code: both can tell too much. */
function factsOf(referral: Referral, reader: Reader, audience: 'person' | 'place'): { label: string; value: string }[] {
  const { receiverName, toKind } = referral;
  const hand = toKind === 'partner' ? `tracked by ${receiverName ?? referral.requesterName}` : receiverName;
  const to = toKind === 'person' || hand === undefined ? referral.toName : `${referral.toName}, ${hand}`;
  const state = stateLabels[referral.state];
  const [service, reason] = audience === 'person' ? [referral.service, referral.reason] : [];
  return [
    { label: 'From', value: referral.requesterName },
    { label: 'To', value: to },
    { label: 'Urgency', value: referral.urgency },
    ...(service === undefined ? [] : [{ label: 'For', value: describeService(service) }]),
    { label: 'State', value: reason === undefined ? state : `${state}: ${describeReason(reason)}` },
    { label: 'Next', value: describeNext(referral, reader) },
  ];
}

const summaryOf = (code: string, referral: Referral): string => `Referral of ${code}: ${stateLabels[referral.state]}.`;

/**
 * The private card: what is asked, by whom, whose turn it is, and the steps this reader may take now. `opened`: they
 * asked for it at this moment, so that words may stand on it.
 */
export function referralCard(seen: SeenReferral, reader: Reader, opened = false): Card {
  const { referral, client, sides } = seen;
  const { main, more } = offerSteps(seen);
  const others: Button[] = more.length === 0 ? [] : [{ action: 'referrals.more', label: 'More', subject: referral.id }];
  const words = wordLines(seen);
  const partnerNow = referral.toKind === 'partner' && sides.includes('target');
  return {
    kind: referralCardKind,
    subject: referral.id,
    summary: summaryOf(client.code, referral),
    nodes: [
      { kind: 'text', text: ['Referral: ', ...identify(seen, reader.privacy)] },
      {
        kind: 'facts',
        facts: [...factsOf(referral, reader, 'person'), ...(partnerNow ? partnerFacts(referral, reader) : [])],
      },
      ...(words.length > 0 && wordsStand(reader.privacy, opened) ? words.map(paragraph) : []),
      ...(sides.length > 0 && referral.questionWaits ? [paragraph([{ bold: 'A question is waiting.' }])] : []),
      ...buttonsNode([
        ...main,
        ...(words.length > 0 && !wordsStand(reader.privacy, opened)
          ? [readNoteButton('referrals.read', referral.id)]
          : []),
        ...others,
      ]),
    ],
  };
}

const buttonsNode = (buttons: readonly Button[]): Node[] =>
  buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];

/** How a partner is reached, and what the last try came to. */
function partnerFacts(referral: Referral, reader: Reader): { label: string; value: string }[] {
  const routes = referral.routes.flatMap((route) => Object.entries(route).map(([way, where]) => `${way} ${where}`));
  const last = referral.events.findLast(({ step }) => step === 'attempt');
  return [
    ...(routes.length === 0 ? [] : [{ label: 'Reach them', value: routes.join(', ') }]),
    ...(last?.reason === undefined
      ? []
      : [{ label: 'Last try', value: `${describeReason(last.reason)}, ${formatMoment(last.at, reader)}` }]),
  ];
}

/** How many of the words said a card shows: the latest. */
const latestWords = 3;

/** The words of the request and the latest ones said, for the two sides only. */
export function wordLines({ referral, sides }: SeenReferral): readonly (readonly Span[])[] {
  if (sides.length === 0) return [];
  const said = referral.events.filter(({ words }) => words !== undefined).slice(-latestWords);
  return [
    ...(referral.question === undefined ? [] : [[{ bold: 'What is asked: ' }, sayWords(referral.question)]]),
    ...said.map((event) => [{ bold: `${event.byName}, ${labelOf(event.step)}: ` }, event.words ?? '']),
  ];
}

const wordLabels: Readonly<Record<string, string>> = { ask: 'asks', tell: 'says' };
const labelOf = (step: string): string =>
  // Steps are stored by the names of the table; one of an older version reads as it is written.
  wordLabels[step] ?? (saidLabels[step as ReferralStep | ReferralNote] ?? step).toLowerCase();

/** For a place that several people read: the code, no words, and the one step that whoever reads it may take. */
export function placeCard({ referral, client }: Pick<SeenReferral, 'referral' | 'client'>, reader: Reader): Card {
  const open = referral.state === 'requested' && referral.receiver === undefined;
  const accept: Button = {
    action: 'referrals.accept',
    label: 'Accept',
    subject: referral.id,
    version: referral.version,
    style: 'primary',
  };
  return {
    kind: referralCardKind,
    subject: referral.id,
    summary: summaryOf(client.code, referral),
    nodes: [
      { kind: 'text', text: ['Referral: ', { bold: client.code }] },
      { kind: 'facts', facts: factsOf(referral, reader, 'place') },
      ...(referral.questionWaits ? [paragraph(['A question is waiting.'])] : []),
      ...buttonsNode([...(open ? [accept] : []), openButton(referral.id)]),
    ],
  };
}

/** What just happened, privately, in one line. */
export function doneCard(seen: SeenReferral, act: ReferralStep | ReferralNote, reader: Reader): Card {
  const { referral, client } = seen;
  const to = act === 'request' ? `to ${referral.toName}, ${referral.urgency} · ` : '';
  return {
    kind: 'referrals.done',
    subject: referral.id,
    summary: `${saidLabels[act]}: ${client.code}.`,
    nodes: [
      {
        kind: 'text',
        text: [
          `${saidLabels[act]}: `,
          ...identify(seen, reader.privacy),
          ` · ${to}next ${describeNext(referral, reader)}`,
        ],
      },
      ...buttonsNode([openButton(referral.id)]),
    ],
  };
}

/** The rarer steps. */
export function moreCard(seen: SeenReferral, reader: Reader): Card {
  const { referral, client, seesClient } = seen;
  const show: Button = { action: 'clients.show', label: 'Show the client', subject: client.id };
  return {
    kind: 'referrals.more',
    subject: referral.id,
    summary: summaryOf(client.code, referral),
    nodes: [
      { kind: 'text', text: ['What else: ', ...identify(seen, reader.privacy), ` · referral to ${referral.toName}`] },
      ...buttonsNode([...offerSteps(seen).more, ...(seesClient ? [show] : [])]),
    ],
  };
}

/** One referral of a list. */
export function referralRow(seen: SeenReferral, reader: Reader): Row {
  const { referral } = seen;
  return {
    id: referral.id,
    text: [...identify(seen, reader.privacy), ` · ${referral.toName} · ${referral.urgency}`],
    detail: `Next: ${describeNext(referral, reader)}`,
    buttons: [openButton(referral.id)],
  };
}
