/**
 * Who has a team's duty at each moment. The weekly pattern is the ground; what was set or taken over lies above it,
 * the newest on top; where neither names anybody who works here there is a gap, which falls to the supervisor.
 */
export type ShiftOrigin = 'pattern' | 'override' | 'cover';

/** Somebody is planned for a time, end excluded. */
export interface Shift {
  /** Undefined: nobody, because who was planned is away. */
  readonly person: string | undefined;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly origin: ShiftOrigin;
  /** When it was planned: later ones lie above earlier ones. The pattern is older than everything. */
  readonly plannedAt: Date | undefined;
}

/** A stretch of the rota with one answer; without a person it is a gap. Neighbours differ, none overlap. */
export interface Stretch {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly person: string | undefined;
  readonly origin: ShiftOrigin | undefined;
}

/** True when `above` hides `below` where both are planned. */
function liesAbove(above: Shift, below: Shift): boolean {
  if (below.plannedAt === undefined) return above.plannedAt !== undefined;
  return above.plannedAt !== undefined && above.plannedAt.getTime() >= below.plannedAt.getTime();
}

/** The rota from one moment to another, in stretches that follow each other without a hole. */
export function layOutRota(shifts: readonly Shift[], from: Date, to: Date): readonly Stretch[] {
  const edges = new Set([from.getTime(), to.getTime()]);
  for (const { startsAt, endsAt } of shifts) {
    for (const edge of [startsAt.getTime(), endsAt.getTime()]) {
      if (edge > from.getTime() && edge < to.getTime()) edges.add(edge);
    }
  }
  const moments = [...edges].sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  for (const [index, start] of moments.entries()) {
    const end = moments[index + 1];
    if (end === undefined) break;
    const on = findShift(shifts, new Date(start));
    const origin = on?.person === undefined ? undefined : on.origin;
    const last = stretches.at(-1);
    if (last !== undefined && last.person === on?.person && last.origin === origin) {
      stretches[stretches.length - 1] = { ...last, endsAt: new Date(end) };
    } else {
      stretches.push({ startsAt: new Date(start), endsAt: new Date(end), person: on?.person, origin });
    }
  }
  return stretches;
}

/** The shift that counts at a moment. */
export function findShift(shifts: readonly Shift[], at: Date): Shift | undefined {
  return shifts
    .filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
    .reduce<Shift | undefined>((top, shift) => (top === undefined || liesAbove(shift, top) ? shift : top), undefined);
}

/**
 * What somebody who is away had planned is a gap while they are away, even where an older plan lies below it: whoever
 * had it before gave it away.
 */
export function leaveGaps(
  shifts: readonly Shift[],
  away: readonly { readonly person: string; readonly startsAt: Date; readonly endsAt: Date }[],
): readonly Shift[] {
  return away.reduce<readonly Shift[]>((left, { person, startsAt, endsAt }) => {
    return left.flatMap((shift) => {
      if (shift.person !== person || shift.endsAt <= startsAt || shift.startsAt >= endsAt) return [shift];
      const from = shift.startsAt > startsAt ? shift.startsAt : startsAt;
      const to = shift.endsAt < endsAt ? shift.endsAt : endsAt;
      return [
        ...(shift.startsAt < from ? [{ ...shift, endsAt: from }] : []),
        { ...shift, person: undefined, startsAt: from, endsAt: to },
        ...(to < shift.endsAt ? [{ ...shift, startsAt: to }] : []),
      ];
    });
  }, shifts);
}

export const gapsOf = (rota: readonly Stretch[]): readonly Stretch[] =>
  rota.filter(({ person }) => person === undefined);

/** How far ahead a gap is shown. */
export const gapHorizonDays = 7;
/** The longest time one person is planned at once, in hours: longer is a slip of the pen. */
export const longestShiftHours = 14 * 24;

/** What changed for people between two rotas of the same time: who has gained or lost stretches. */
export function compareRotas(
  before: readonly Stretch[],
  after: readonly Stretch[],
): ReadonlyMap<string, { readonly gained: readonly Stretch[]; readonly lost: readonly Stretch[] }> {
  const changes = new Map<string, { gained: Stretch[]; lost: Stretch[] }>();
  const note = (stretch: Stretch, what: 'gained' | 'lost'): void => {
    if (stretch.person === undefined) return;
    const known = changes.get(stretch.person) ?? { gained: [], lost: [] };
    known[what].push(stretch);
    changes.set(stretch.person, known);
  };
  for (const stretch of after.flatMap((one) => subtract(one, before))) note(stretch, 'gained');
  for (const stretch of before.flatMap((one) => subtract(one, after))) note(stretch, 'lost');
  return changes;
}

/** What of a stretch its person does not have in the other rota. */
function subtract(stretch: Stretch, other: readonly Stretch[]): Stretch[] {
  let rest: Stretch[] = [stretch];
  for (const same of other.filter(({ person }) => person === stretch.person)) {
    rest = rest.flatMap((part) => {
      if (same.endsAt <= part.startsAt || same.startsAt >= part.endsAt) return [part];
      return [
        ...(part.startsAt < same.startsAt ? [{ ...part, endsAt: same.startsAt }] : []),
        ...(same.endsAt < part.endsAt ? [{ ...part, startsAt: same.endsAt }] : []),
      ];
    });
  }
  return rest;
}
