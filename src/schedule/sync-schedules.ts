import type { OrganisationTransaction } from '../store/transaction.ts';
import type { ScheduleKinds, WallTime } from '../feature/schedules.ts';
import { latestTurn, nextTurn } from '../calendar/turns.ts';
import { listActivePeople, listTeamSchedules, replaceSchedules, type Schedule } from './records.ts';

/** Says what it is and whom it is for: `daily-digest/team/east`, `daily-digest/person/maya`, `duty-gaps/team/east`. */
const idOf = (kind: string, of: 'team' | 'person', owner: string): string =>
  `${kind.endsWith(`-${of}`) ? kind.slice(0, -of.length - 1) : kind}/${of}/${owner}`;

/**
 * Makes the schedules what the nouns say of every team and every active person. Schedules of other kinds, another
 * version's among them, are left alone. Twice changes nothing; returns how many rows changed.
 */
export async function syncSchedules(
  tx: OrganisationTransaction,
  { kinds, now }: { readonly kinds: ScheduleKinds; readonly now: Date },
): Promise<number> {
  const teams = await listTeamSchedules(tx);
  const people = await listActivePeople(tx);
  const wanted = [...kinds].flatMap(([kind, schedule]): Schedule[] => {
    const plan = (owner: { readonly id: string; readonly zone: string }, when: WallTime | undefined): Schedule[] =>
      when === undefined
        ? []
        : [{ id: idOf(kind, schedule.of, owner.id), kind, owner: owner.id, rule: { ...when, zone: owner.zone } }];
    if (schedule.of === 'team') return teams.flatMap((team) => plan(team, schedule.when(team)));
    return people.flatMap((person) => {
      const team = teams.find(({ id }) => id === person.team);
      return team === undefined ? [] : plan(person, schedule.when(person, team));
    });
  });
  return replaceSchedules(
    tx,
    [...kinds.keys()],
    wanted.map((schedule) => ({
      ...schedule,
      nextAt: nextTurn(schedule.rule, now).at,
      last: latestTurn(schedule.rule, now),
    })),
  );
}
