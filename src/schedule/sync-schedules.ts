import { z } from 'zod';
import { weekdays } from '../calendar/local-dates.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { huddleKinds, huddleRules } from './huddle-schedules.ts';
import { latestTurn, nextTurn } from '../calendar/turns.ts';
import { listActivePeople, listTeamSchedules, replaceSchedules, type Schedule, type ScheduledTeam } from './records.ts';

/** Who a schedule is for. Its id says so: `daily-digest/team/east`, `daily-digest/person/maya`. */
export type OwnerKind = 'team' | 'person';
const idOf = (what: string, owner: OwnerKind, id: string): string => `${what}/${owner}/${id}`;
export const ownerKindOf = (schedule: string): OwnerKind => (schedule.split('/')[1] === 'team' ? 'team' : 'person');

/** The kinds that follow from the organisation file. Others are left alone. */
export const syncedKinds = [
  'daily-digest-team',
  'daily-digest-person',
  'weekly-digest-team',
  'duty-gaps',
  'duty-check',
  'end-of-day-person',
  ...huddleKinds,
] as const;

/** What of a team's schedules is turned into rows here; the file's reader has checked it whole. */
const teamSchedulesSchema = z.object({
  dailyDigest: z.object({ at: z.string() }).optional(),
  endOfDay: z.object({ at: z.string() }).optional(),
  dutyCheck: z.boolean().optional(),
  weeklyDigest: z.object({ weekday: z.enum(weekdays), at: z.string() }).optional(),
});

const teamPoliciesSchema = z.object({ duty: z.object({}).optional() });
/** When a team's rota is looked through for gaps, local time: early enough to plan somebody for the same evening. */
const gapsAt = '09:00';
/** When its people are asked whether a message reaches them: a turn each day, of which the first working day of a month counts. */
const checkAt = '10:00';

/**
 * Makes the schedules what the organisation says: a daily digest for each team that has one, and for each of its
 * active people with one of the roles, at their own time or the team's, in their own zone; a look at the rota where
 * there is one.
 * Twice changes nothing; returns how many rows changed.
 */
export async function syncSchedules(
  tx: OrganisationTransaction,
  given: { readonly now: Date; readonly digestRoles: readonly string[] },
): Promise<number> {
  const teams = await listTeamSchedules(tx);
  const people = await listActivePeople(tx, given.digestRoles);
  const wanted = teams.flatMap((team): Schedule[] => [
    ...digestsOf(team),
    ...evenings(team),
    ...weekOf(team),
    ...rotaOf(team),
    ...huddlesOf(team),
  ]);
  return replaceSchedules(
    tx,
    syncedKinds,
    wanted.map((schedule) => ({
      ...schedule,
      nextAt: nextTurn(schedule.rule, given.now).at,
      last: latestTurn(schedule.rule, given.now),
    })),
  );

  function evenings(team: (typeof teams)[number]): Schedule[] {
    const { endOfDay, dailyDigest } = teamSchedulesSchema.parse(team.schedules);
    const at = endOfDay?.at ?? (dailyDigest === undefined && team.digestAt === null ? undefined : eveningAt);
    if (at === undefined) return [];
    return people
      .filter((person) => person.team === team.id)
      .map(({ id, zone, works }) => ({
        ...{ id: idOf('end-of-day', 'person', id), kind: 'end-of-day-person', owner: id },
        rule: { at: eveningOf(at, works), zone },
      }));
  }

  function digestsOf(team: (typeof teams)[number]): Schedule[] {
    const usual = team.digestAt ?? teamSchedulesSchema.parse(team.schedules).dailyDigest?.at;
    const daily = (owner: OwnerKind, id: string, zone: string, at: string | undefined): Schedule[] =>
      at === undefined
        ? []
        : [{ id: idOf('daily-digest', owner, id), kind: `daily-digest-${owner}`, owner: id, rule: { at, zone } }];
    return [
      ...daily('team', team.id, team.zone, usual),
      ...people
        .filter((person) => person.team === team.id)
        .flatMap(({ id, zone, digestAt }) => daily('person', id, zone, digestAt ?? usual)),
    ];
  }
}

/** When a working day ends, where a team says nothing of it, local time. */
const eveningAt = '17:00';
const worksSchema = z.record(z.string(), z.string()).nullable();

/** Within somebody's own hours: a line that waits until the next morning is none of that day any more. */
function eveningOf(at: string, works: unknown): string {
  const ends = Object.values(worksSchema.parse(works) ?? {}).map((hours) => hours.slice(6));
  const first = ends.sort()[0];
  if (first === undefined || first > at) return at;
  const [hour = 0, minute = 0] = first.split(':').map(Number);
  const before = Math.max(0, hour * 60 + minute - minutesBefore);
  return [Math.floor(before / 60), before % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
const minutesBefore = 10;

/** What supervisors read of a team's week. */
function weekOf({ id, zone, schedules }: { id: string; zone: string; schedules: unknown }): Schedule[] {
  const weekly = teamSchedulesSchema.parse(schedules).weeklyDigest;
  if (weekly === undefined) return [];
  const { weekday, at } = weekly;
  return [
    { id: idOf('weekly-digest', 'team', id), kind: 'weekly-digest-team', owner: id, rule: { at, zone, weekday } },
  ];
}

/** Only a team with a weekly pattern can have a gap in it. */
function rotaOf({ id, zone, policies, schedules }: ScheduledTeam): Schedule[] {
  if (teamPoliciesSchema.parse(policies).duty === undefined) return [];
  const daily = (kind: 'duty-gaps' | 'duty-check', at: string): Schedule => ({
    ...{ id: idOf(kind, 'team', id), kind, owner: id, rule: { at, zone } },
  });
  const checked = teamSchedulesSchema.parse(schedules).dutyCheck !== false;
  return [daily('duty-gaps', gapsAt), ...(checked ? [daily('duty-check', checkAt)] : [])];
}

function huddlesOf(team: { id: string; zone: string; schedules: unknown }): Schedule[] {
  return huddleRules(team).map(({ kind, rule }) => ({ id: idOf(kind, 'team', team.id), kind, owner: team.id, rule }));
}
