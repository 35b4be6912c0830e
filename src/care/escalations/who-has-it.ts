import type { Escalation, Named } from './records.ts';

/**
 * Who has an escalation at a moment, in one of a few ways: every card, row, line of news and list says it from here.
 */
export type WhoHasIt =
  /** `lapsed`: who had it until their acknowledgement ran out. */
  | { readonly is: 'nobody'; readonly since: Date; readonly lapsed: readonly Named[] }
  /** Who raised it has it in hand until the ladder goes on; it is not taken. */
  | { readonly is: 'held'; readonly by: Named; readonly since: Date; readonly until: Date }
  /** One has it where two are needed: it climbs on. */
  | { readonly is: 'one-of-two'; readonly by: Named; readonly since: Date }
  | { readonly is: 'somebody'; readonly by: readonly Named[]; readonly since: Date }
  | { readonly is: 'resolved'; readonly by: Named; readonly since: Date; readonly outcome: string };

type Standing = Pick<
  Escalation,
  'state' | 'raisedAt' | 'frozen' | 'acknowledged' | 'second' | 'resolved' | 'events' | 'owner' | 'expiresAt'
>;

/** What has run out is over at that moment, also in the minutes until a tick notices. */
export function whoHasIt(escalation: Standing, now: Date): WhoHasIt {
  const { acknowledged, second, resolved, state, expiresAt } = escalation;
  if (resolved !== undefined) {
    return { is: 'resolved', by: resolved.by, since: resolved.at, outcome: resolved.outcome };
  }
  if (acknowledged !== undefined) {
    const by = [acknowledged.by, ...(second === undefined ? [] : [second.by])];
    if (hasLapsed({ state, expiresAt }, now)) return { is: 'nobody', since: expiresAt ?? now, lapsed: by };
    if (state === 'acknowledged') return { is: 'somebody', by, since: acknowledged.at };
    return { is: 'one-of-two', by: acknowledged.by, since: acknowledged.at };
  }
  const last = escalation.events.findLast(({ act }) => act === 'hold' || climbs.has(act) || begins.has(act));
  const until = new Date(escalation.frozen.nextAt);
  if (last?.act === 'hold' && last.detail['run'] === escalation.frozen.run && until > now) {
    return { is: 'held', by: { id: last.by, name: last.byName }, since: last.at, until };
  }
  return { is: 'nobody', since: untakenSince(escalation), lapsed: lapsedFrom(escalation) };
}

/** An acknowledgement whose time has run out, whether or not it is back on the ladder yet. */
export const hasLapsed = ({ state, expiresAt }: Pick<Escalation, 'state' | 'expiresAt'>, now: Date): boolean =>
  state === 'acknowledged' && expiresAt !== undefined && expiresAt <= now;

/** Since when nobody has it: it was raised, or the present run of its ladder began. */
export function untakenSince({ frozen, raisedAt }: Pick<Escalation, 'frozen' | 'raisedAt'>): Date {
  return frozen.run === 1 ? raisedAt : new Date(frozen.startedAt);
}

/** Acts that may begin a run of the ladder, acts that climb it, and acts by which somebody has it. */
const begins = new Set(['acknowledgement-expired', 'hand-over', 'reopen']);
const climbs = new Set(['step', 'escalate-further']);
/** Acts after which a hold by who raised it is over. */
export const ladderMoves: readonly string[] = [...climbs, ...begins];
const takes = new Set(['acknowledge', 'take-over']);

/** Whose acknowledgement ran out and so began the present run. */
function lapsedFrom({ events, frozen }: Pick<Escalation, 'events' | 'frozen'>): readonly Named[] {
  const begun = events.findIndex(({ act, detail }) => begins.has(act) && detail['run'] === frozen.run);
  if (events[begun]?.act !== 'acknowledgement-expired') return [];
  const before = events.slice(0, begun);
  return before
    .slice(
      Math.max(
        0,
        before.findLastIndex(({ act }) => takes.has(act)),
      ),
    )
    .filter(({ act }) => takes.has(act) || act === 'second-acknowledge')
    .map(({ by, byName }) => ({ id: by, name: byName }));
}
