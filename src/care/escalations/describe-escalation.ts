import { personOf } from '../../access/actor.ts';
import { sentenceCase } from '../../chat/sentence-case.ts';
import type { OrganisationPrivacy } from '../../access/records.ts';
import type { Crisis } from './policies.ts';
import type { Span } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { localDate, localTime } from '../../calendar/zones.ts';
import { formatDay } from '../../calendar/local-dates.ts';
import { cannotBeRead } from '../../feature/say-sealed.ts';
import type { Sealed } from '../../store/seal.ts';
import { clientSpans } from '../clients/cards.ts';
import { describeAge } from './age.ts';
import { describeOutcome, describeTold, notListed } from './escalation-words.ts';
import type { Escalation, Named } from './records.ts';
import { whoHasIt } from './who-has-it.ts';
import type { Next, SeenEscalation } from './view-escalation.ts';

/** For whom something is said. */
export interface Reader {
  readonly now: Date;
  readonly zone: string;
  readonly privacy: OrganisationPrivacy;
  /** The reader's own id: `you`. */
  /** Undefined where several people read. */
  readonly person: string | undefined;
}
export const readerOf = (work: Work): Reader => ({
  now: work.now,
  zone: work.actor.zone,
  privacy: work.privacy,
  person: personOf(work.actor),
});

/** `14:25`, or `Tue 24 Nov 08:00` when that is another day than today where the reader lives. */
export function formatMoment(moment: Date, { now, zone }: Pick<Reader, 'now' | 'zone'>): string {
  const [day, today] = [localDate(moment, zone), localDate(now, zone)];
  const time = localTime(moment, zone);
  return day === today ? time : `${formatDay(day, today)} ${time}`;
}

/** A number to call, and what it is. */
export interface NumberToCall {
  readonly number: string;
  readonly what: string;
}

/** Whom to call, most general first: 988 and the emergency number stand there whatever the organisation wrote. */
export function listNumbers(crisis: Crisis, call?: string): readonly NumberToCall[] {
  return [
    { number: '988', what: 'call or text' },
    { number: crisis.emergency ?? '911', what: '' },
    ...(call === undefined || call === crisis.number ? [] : [{ number: call, what: 'at this hour' }]),
    ...(crisis.number === undefined ? [] : [{ number: crisis.number, what: 'crisis line' }]),
    ...(crisis.mobileCrisis === undefined ? [] : [{ number: crisis.mobileCrisis, what: 'mobile crisis' }]),
  ];
}

const noted = (what: string): string => (what === '' ? '' : ` (${what})`);
export const crisisNumbers = (crisis: Crisis, call?: string): readonly string[] =>
  listNumbers(crisis, call).map(({ number, what }) => `${number}${noted(what)}`);
/** The same, each to be dialled by a tap. */
export const numberSpans = (numbers: readonly NumberToCall[]): readonly Span[] =>
  numbers.flatMap(({ number, what }, index) => [...(index === 0 ? [] : [' · ']), { phone: number }, noted(what)]);

/** A colleague's number, to be dialled by a tap; or that there is none, or none that can be read. */
export const sayPhone = (phone: Sealed<string> | undefined): Span =>
  phone?.readable === true
    ? { phone: phone.value }
    : { subtle: phone === undefined ? 'no number' : `number ${cannotBeRead}` };

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

export const nameFor = ({ id, name }: Named, reader: Reader): string => (id === reader.person ? 'you' : name);
/** `Dana`, `Dana and Rosa`, `Dana, Jon and Rosa` */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** `Rosa Medina 14:25`; `Dana Whitfield again 14:25, then Rosa Medina 14:30` */
export function describeNext({ who, at, again, then }: Next, reader: Reader): string {
  const first = `${nameFor(who, reader)}${again ? ' again' : ''} ${formatMoment(at, reader)}`;
  return then === undefined ? first : `${first}, then ${nameFor(then.who, reader)} ${formatMoment(then.at, reader)}`;
}

/** What follows `if nobody takes it`: `by 14:25, Rosa Medina is next` */
export function describeIfNot({ who, at, again, then }: Next, reader: Reader): string {
  const by = `by ${formatMoment(at, reader)}, ${nameFor(who, reader)} is ${again ? 'called again' : 'next'}`;
  return then === undefined ? by : `${by}, then ${nameFor(then.who, reader)} at ${formatMoment(then.at, reader)}`;
}

/**
 * Who has it, the same words on every route: a card, a line of news, a row of a list. `quietly`: how it ended is left
 * out, where several people read.
 */
export function describeHolder(escalation: Escalation, reader: Reader, quietly = false): string {
  const who = whoHasIt(escalation, reader.now);
  const at = formatMoment(who.since, reader);
  switch (who.is) {
    case 'resolved':
      return `resolved by ${nameFor(who.by, reader)}, ${at}${quietly ? '' : `: ${describeOutcome(who.outcome)}`}`;
    case 'held':
      return `${hasIt(who.second === undefined ? [who.by] : [who.by, who.second], reader)} · since ${at}`;
    case 'in-hand':
      return `${isHolding(who.by, reader)} it until ${formatMoment(who.until, reader)} · not taken`;
    case 'half-held':
      return `${hasIt([who.by], reader)} · since ${at} · a second person must take it too`;
    case 'nobody':
      return `nobody has it · ${howLong(escalation, who.since, reader)}`;
    case 'lapsed': {
      const age = howLong(escalation, who.since, reader);
      const ago = escalation.severity === 'concern' ? age : `${age} ago`;
      const had = who.had.length === 0 ? '' : `, ${listed(who.had.map((one) => nameFor(one, reader)))} had it`;
      return `nobody has it · lapsed ${ago}${had}`;
    }
  }
}

const hasIt = (people: readonly Named[], reader: Reader): string => {
  const names = listed(people.map((one) => nameFor(one, reader)));
  return `${names} ${people.length > 1 || names === 'you' ? 'have' : 'has'} it`;
};

function isHolding(by: Named, reader: Reader): string {
  const name = nameFor(by, reader);
  return name === 'you' ? 'you are holding' : `${name} is holding`;
}

/** A concern waits for days: when it began says more than its minutes. */
const howLong = ({ severity }: Pick<Escalation, 'severity'>, since: Date, reader: Reader): string =>
  severity === 'concern' ? `since ${formatMoment(since, reader)}` : describeAge(since, reader.now);

/** `CRISIS` for as long as somebody has to act; a word, because colour alone tells nobody. */
export const sayWord = ({ severity, state }: Pick<Escalation, 'severity' | 'state'>): string =>
  state === 'resolved' || severity === 'concern' ? sentenceCase(severity) : severity.toUpperCase();

/** The first line of every card: `CRISIS · nobody has it · 4 min · next: Dana Whitfield 10:10`. */
export function describeHead(
  { escalation, next }: Pick<SeenEscalation, 'escalation' | 'next'>,
  reader: Reader,
  quietly = false,
): string {
  const then = next === undefined ? '' : ` · next: ${describeNext(next, reader)}`;
  return `${sayWord(escalation)} · ${describeHolder(escalation, reader, quietly)}${then}`;
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
