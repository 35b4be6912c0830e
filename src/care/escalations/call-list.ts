import { isSelf } from '../../access/actor.ts';
import { paragraph, type Node, type Span } from '../../chat/card.ts';
import type { Work } from '../../feature/feature.ts';
import { findReachable, type Reachable } from './contact-records.ts';
import { formatMoment, listed, nameFor, sayPhone, type Reader } from './describe-escalation.ts';
import { listUnpaged } from './page-records.ts';
import { whomNext } from './read-scene.ts';
import type { Named } from './records.ts';
import { isStaffed } from './team-calendar.ts';
import type { SeenEscalation } from './view-escalation.ts';
import { hasLapsed } from './standing.ts';

/** Chat is no pager: whom to ring up about an escalation, one after the other, until somebody answers. */
export interface CallList {
  readonly people: readonly Call[];
  /** The staffed line that stands last. */
  readonly last: string;
  /** Nobody of those told is known to be at work now. */
  readonly asleep: boolean;
  /** Whom the pager was to ring and could not. */
  readonly unpaged: readonly Named[];
}

interface Call {
  readonly who: Named;
  /** They have it, were told, or are told at a moment. */
  readonly is: 'has-it' | 'told' | 'next';
  readonly at: Date | undefined;
  readonly phone: Reachable['phone'];
}

/** The organisation's line at this hour, its crisis line, or the one that is staffed everywhere. */
export function staffedLine({ scene }: Pick<SeenEscalation, 'scene'>): string {
  const { crisis, policies } = scene.setup;
  return (scene.route === undefined ? undefined : policies.outOfHours?.call) ?? crisis.number ?? '988';
}

/** Everybody of the ladder from where it stands, with their numbers; nobody once it is resolved. */
export async function readCallList(work: Work, seen: SeenEscalation): Promise<CallList> {
  const last = staffedLine(seen);
  const { escalation, scene } = seen;
  // Whoever raised it about a code they do not work with reads nothing of its true way.
  if (seen.hidden || escalation.state === 'resolved' || escalation.severity === 'concern')
    return { people: [], last, asleep: false, unpaged: [] };
  const standing = escalation.state === 'acknowledged' ? holdersOf(seen, work.now) : climb(seen);
  const calls = standing.filter(({ who }) => !isSelf(work.actor, who.id));
  const ids = standing.map(({ who }) => who.id);
  const [reachable, unpaged] = await Promise.all([
    findReachable(work.tx, ids, work.now),
    listUnpaged(work.tx, escalation.id),
  ]);
  const told = standing.filter(({ is }) => is !== 'next');
  const staffed = isStaffed(scene.setup, work.now);
  return {
    people: calls.map((call) => ({ ...call, phone: reachable.get(call.who.id)?.phone })),
    last,
    asleep: escalation.state === 'raised' && !told.some(({ who }) => reachable.get(who.id)?.works ?? staffed),
    unpaged,
  };
}

type Standing = Omit<Call, 'phone'>;

/** Whoever's acknowledgement ran out is still the one to ring up, and has it no more. */
function holdersOf({ escalation }: SeenEscalation, now: Date): readonly Standing[] {
  const is = hasLapsed(escalation, now) ? 'told' : 'has-it';
  return [escalation.acknowledged, escalation.second].flatMap((one) =>
    one === undefined ? [] : [{ who: one.by, is, at: undefined }],
  );
}

/** Those told by the step that was made last, then each further step's, every person once. */
function climb({ escalation, scene, ahead: then = scene }: SeenEscalation): readonly Standing[] {
  const { notices, step, frozen, acknowledged } = escalation;
  const found = new Map<string, Standing>();
  const add = (one: Standing): void => {
    if (!found.has(one.who.id)) found.set(one.who.id, one);
  };
  if (acknowledged !== undefined) add({ who: acknowledged.by, is: 'has-it', at: undefined });
  for (const { person, at, step: of } of notices) {
    if (person !== undefined && step > 0 && of === step) add({ who: person, is: 'told', at });
  }
  // Beyond the last step there is the last one again, with everybody who can be named.
  for (let done = step; done <= Math.max(step, frozen.steps.length); done += 1) {
    const planned = done === step ? frozen.nextAt : frozen.at[done];
    for (const { person } of whomNext(then, { ...escalation, step: done })) {
      const who = { id: person, name: then.names.get(person) ?? scene.names.get(person) ?? person };
      add({ who, is: 'next', at: planned === undefined ? undefined : new Date(planned) });
    }
  }
  return [...found.values()];
}

/** The numbers, a line each, and what chat cannot do at this hour. */
export function callNodes({ people, last, asleep, unpaged }: CallList, reader: Reader): Node[] {
  const lines = people.map((call) => [...callLine(call, reader), '\n']).flat();
  return [
    ...(asleep ? [paragraph([{ bold: 'At this hour a message may not wake anybody. Please call.' }])] : []),
    ...(unpaged.length === 0 ? [] : [paragraph([{ bold: describeUnpaged(unpaged, reader) }])]),
    ...(people.length === 0 ? [] : [paragraph([...lines, 'If nobody answers: ', { phone: last }, staffedNote(last)])]),
  ];
}

/** `The pager could not be reached for Dana Whitfield and you. Please call.` */
const describeUnpaged = (people: readonly Named[], reader: Reader): string =>
  `The pager could not be reached for ${listed(people.map((one) => nameFor(one, reader)))}. Please call.`;

const staffedNote = (last: string): string => (last === '988' ? ', staffed at every hour' : ', then 988');

function callLine({ who, is, at, phone }: Call, reader: Reader): readonly Span[] {
  const when = at === undefined ? '' : ` ${formatMoment(at, reader)}`;
  const how =
    is === 'has-it' ? 'has it' : is === 'told' ? `told${when}` : at === undefined ? 'after that' : `next${when}`;
  return [`${nameFor(who, reader)} (${how}): `, sayPhone(phone)];
}
