import type { OrganisationPrivacy } from '../../access/records.ts';
import type { Crisis } from '../../access/team-policies.ts';
import type { Span } from '../../chat/card.ts';
import type { Ask } from '../../chat/feature.ts';
import { formatDay, localDate, localTime } from '../../chat/local-date.ts';
import { clientSpans } from '../clients/cards.ts';
import { describeOutcome, describeTold, notListed } from './escalation-words.ts';
import type { Escalation, Named } from './records.ts';
import type { Next, SeenEscalation } from './view-escalation.ts';

/** For whom something is said. */
export interface Reader {
  readonly now: Date;
  readonly zone: string;
  readonly privacy: OrganisationPrivacy;
  /** The reader's own id: `you`. */
  readonly person: string;
}
export const readerOf = (ask: Ask): Reader => ({
  now: ask.now,
  zone: ask.actor.zone,
  privacy: ask.privacy,
  person: ask.actor.person,
});

/** `14:25`, or `Tue 24 Nov 08:00` when that is another day than today where the reader lives. */
export function formatMoment(moment: Date, { now, zone }: Pick<Reader, 'now' | 'zone'>): string {
  const [day, today] = [localDate(moment, zone), localDate(now, zone)];
  const time = localTime(moment, zone);
  return day === today ? time : `${formatDay(day, today)} ${time}`;
}

/** Whom to call, most general first: 988 and the emergency number stand there whatever the organisation wrote. */
export function crisisNumbers(crisis: Crisis, call?: string): readonly string[] {
  return [
    '988 (call or text)',
    crisis.emergency ?? '911',
    ...(call === undefined || call === crisis.number ? [] : [`${call} (at this hour)`]),
    ...(crisis.number === undefined ? [] : [`${crisis.number} (crisis line)`]),
    ...(crisis.mobileCrisis === undefined ? [] : [`${crisis.mobileCrisis} (mobile crisis)`]),
  ];
}

/** The code and a label for who may see the client; the code alone for others; words for who stands in no list. */
export function identify(
  { scene, seesClient, words, hidden, hand, escalation }: SeenEscalation,
  reader: Reader,
): Span[] {
  const { client } = scene;
  const { about, unknownCode } = escalation;
  if (client !== undefined) return seesClient ? clientSpans(client, reader.privacy) : [{ bold: client.code }];
  if (unknownCode !== undefined) return [{ bold: unknownCode }, ...(hidden ? [] : [' (no client here has this code)'])];
  const reads = words === 'all' || (words === 'own' && hand.raised);
  return reads && about !== undefined ? [{ bold: notListed }, ` (${about})`] : [{ bold: notListed }];
}

/** What stands for the client where several people read. */
export const codeOf = ({ scene, escalation }: Pick<SeenEscalation, 'scene' | 'escalation'>): string =>
  scene.client?.code ?? escalation.unknownCode ?? notListed;

const nameFor = ({ id, name }: Named, reader: Reader): string => (id === reader.person ? 'you' : name);
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** `Rosa Medina at 14:25`; `Dana Whitfield again at 14:25, then Rosa Medina at 14:30` */
export function describeNext({ who, at, again, then }: Next, reader: Reader): string {
  const first = `${nameFor(who, reader)}${again ? ' again' : ''} at ${formatMoment(at, reader)}`;
  return then === undefined ? first : `${first}, then ${nameFor(then.who, reader)} at ${formatMoment(then.at, reader)}`;
}

/** What follows `if nobody takes it`: `by 14:25, Rosa Medina is next` */
export function describeIfNot({ who, at, again, then }: Next, reader: Reader): string {
  const by = `by ${formatMoment(at, reader)}, ${nameFor(who, reader)} is ${again ? 'called again' : 'next'}`;
  return then === undefined ? by : `${by}, then ${nameFor(then.who, reader)} at ${formatMoment(then.at, reader)}`;
}

/** Who has it, or must take it. */
export function describeHolder(escalation: Escalation, reader: Reader): string {
  const { acknowledged, second, resolved, state, owner } = escalation;
  if (resolved !== undefined) {
    return `resolved by ${nameFor(resolved.by, reader)}, ${formatMoment(resolved.at, reader)}: ${describeOutcome(resolved.outcome)}`;
  }
  if (acknowledged === undefined) {
    const waits = owner.id === '' ? '' : `; it waits on ${nameFor(owner, reader)}`;
    return `nobody has taken it yet${waits}`;
  }
  const took = `${nameFor(acknowledged.by, reader)} took it, ${formatMoment(acknowledged.at, reader)}`;
  if (second !== undefined) return `${took}; ${nameFor(second.by, reader)} too, ${formatMoment(second.at, reader)}`;
  return state === 'acknowledged' ? took : `${took}; a second person must take it too`;
}

/** `Maya Torres (coordinator) and Dana Whitfield (on duty)` of the latest step, without who raised it. */
export function describeTellees(escalation: Escalation, reader: Reader): string {
  const told = escalation.notices.filter(
    ({ person, step }) => person !== undefined && step === escalation.step && step > 0,
  );
  return listed(
    told.map(({ person, reason }) =>
      person === undefined ? '' : `${nameFor(person, reader)} (${describeTold(reason)})`,
    ),
  );
}

/** How many of those told a card lists: the latest. */
const latestTold = 8;

/** `14:20 Maya Torres (coordinator)`, line by line, the latest ones. */
export function describeTimeline(escalation: Escalation, reader: Reader): string {
  const told = escalation.notices.filter(({ person, reason }) => person !== undefined && reason !== 'raiser');
  const shown = told.slice(-latestTold).map(({ person, at, reason }) => {
    const name = person === undefined ? '' : nameFor(person, reader);
    return `${formatMoment(at, reader)} ${name} (${describeTold(reason)})`;
  });
  const earlier = told.length - shown.length;
  return [...(earlier > 0 ? [`${earlier} before`] : []), ...shown].join(' · ');
}
