import type { Escalation, Named } from './records.ts';
import { holdingOf, type Holding, type Stand } from './standing.ts';

/** Who has an escalation at a moment and since when, or that it is over. */
export type WhoHasIt =
  | (Holding & { readonly since: Date })
  | { readonly is: 'resolved'; readonly by: Named; readonly since: Date; readonly outcome: string };

type Standing = Pick<
  Escalation,
  'state' | 'raisedAt' | 'frozen' | 'acknowledged' | 'second' | 'resolved' | 'events' | 'expiresAt'
>;

/** The rule of lists, asked of one escalation that is read with all that happened to it. */
export function whoHasIt(escalation: Standing, now: Date): WhoHasIt {
  const { acknowledged, resolved } = escalation;
  if (resolved !== undefined) {
    return { is: 'resolved', by: resolved.by, since: resolved.at, outcome: resolved.outcome };
  }
  const holding = holdingOf(standOf(escalation), now);
  switch (holding.is) {
    case 'nobody':
      return { ...holding, since: untakenSince(escalation) };
    case 'in-hand':
      return { ...holding, since: lastLadderAct(escalation)?.at ?? now };
    case 'held':
    case 'half-held':
      return { ...holding, since: acknowledged?.at ?? now };
    case 'lapsed':
      return { ...holding, since: holding.at };
  }
}

/** What of it the rule asks for. */
function standOf(escalation: Standing): Stand {
  const { state, acknowledged, second, resolved, expiresAt, frozen } = escalation;
  const last = lastLadderAct(escalation);
  const inHand = last?.act === 'hold' && last.detail['run'] === frozen.run;
  return {
    state: resolved === undefined && state === 'acknowledged' ? 'acknowledged' : 'raised',
    taken: acknowledged === undefined ? undefined : { by: acknowledged.by, second: second?.by },
    expiresAt,
    inHandOf: inHand ? { id: last.by, name: last.byName } : undefined,
    nextAt: new Date(frozen.nextAt),
    lapsed: lapsedFrom(escalation),
  };
}

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

const lastLadderAct = ({ events }: Pick<Escalation, 'events'>): Escalation['events'][number] | undefined =>
  events.findLast(({ act }) => act === 'hold' || climbs.has(act) || begins.has(act));

/** Whose acknowledgement ran out and so began the present run. */
function lapsedFrom(escalation: Pick<Escalation, 'events' | 'frozen' | 'raisedAt'>): Stand['lapsed'] {
  const { events, frozen } = escalation;
  const begun = events.findIndex(({ act, detail }) => begins.has(act) && detail['run'] === frozen.run);
  if (events[begun]?.act !== 'acknowledgement-expired') return undefined;
  const before = events.slice(0, begun);
  const since = Math.max(
    0,
    before.findLastIndex(({ act }) => takes.has(act)),
  );
  const had = before
    .slice(since)
    .filter(({ act }) => takes.has(act) || act === 'second-acknowledge')
    .map(({ by, byName }) => ({ id: by, name: byName }));
  return { had, at: untakenSince(escalation) };
}
