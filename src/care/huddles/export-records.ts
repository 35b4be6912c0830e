import type { ExportRange } from '../../feature/exports.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { readTasks } from '../follow-ups/plan-task.ts';
import { findHuddles } from './records.ts';
import { tookPart } from './rules.ts';

/** One huddle that was held: codes, ids and coded words, so that a consultant's weekly review can be shown. */
export interface HuddleExportRow {
  readonly id: string;
  readonly team: string;
  readonly rhythm: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly attendees: readonly {
    readonly person: string;
    readonly joinedAt: string;
    readonly late: boolean;
    readonly remote: boolean;
    readonly roles: readonly string[];
    readonly qualifications: readonly string[];
  }[];
  readonly items: readonly {
    readonly client: string | null;
    /** The colleague it was about. */
    readonly person: string | null;
    readonly section: string;
    readonly reason: string;
    readonly state: string;
    readonly minutes: number | null;
    readonly consultantPresent: boolean;
    readonly recommendations: readonly {
      readonly kind: string;
      readonly by: string;
      readonly to: string | null;
      readonly state: string;
      readonly reason: string | null;
    }[];
    readonly decisions: readonly {
      readonly what: string;
      readonly owner: string | null;
      readonly due: string | null;
      readonly state: string | null;
    }[];
  }[];
}

/** Huddles that began in the range, the earliest first. */
export async function exportHuddles(
  tx: OrganisationTransaction,
  range: ExportRange,
): Promise<readonly HuddleExportRow[]> {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id::text as id from huddle
    where organisation_id = ${tx.organisation} and started_at is not null
      and (${range.from ?? null}::date is null or (started_at at time zone 'UTC')::date >= ${range.from ?? null}::date)
      and (${range.to ?? null}::date is null or (started_at at time zone 'UTC')::date <= ${range.to ?? null}::date)
    order by started_at, id`;
  const huddles = await findHuddles(
    tx,
    rows.map(({ id }) => id),
  );
  const tasks = await readTasks(
    tx,
    huddles.flatMap(({ decisions }) => decisions.map(({ followUp }) => followUp)),
  );
  return huddles.map(({ id, team, rhythm, startedAt, endedAt, attendance, items, recommendations, decisions }) => {
    const consultants = attendance.filter(({ roles }) => roles.includes('psychiatric-consultant'));
    return {
      id,
      team,
      rhythm,
      startedAt: startedAt?.toISOString() ?? '',
      endedAt: endedAt?.toISOString() ?? null,
      attendees: attendance.map(({ person, joinedAt, late, remote, roles, qualifications }) => ({
        person,
        joinedAt: joinedAt.toISOString(),
        late,
        remote,
        roles,
        qualifications,
      })),
      items: items.map((item) => ({
        client: item.client?.code ?? null,
        person: item.person?.id ?? null,
        section: item.section,
        reason: item.reason,
        state: item.state,
        minutes: item.minutes ?? null,
        consultantPresent:
          item.state === 'reviewed' && consultants.some(({ joinedAt }) => tookPart(joinedAt, item.reviewedAt)),
        recommendations: recommendations
          .filter((one) => one.item === item.id)
          .map(({ kind, madeBy, to, state, reason }) => ({
            kind,
            by: madeBy,
            to: to?.id ?? null,
            state,
            reason: reason ?? null,
          })),
        decisions: decisions
          .filter((one) => one.item === item.id)
          .map(({ what, followUp }) => {
            const task = tasks.get(followUp);
            return {
              what,
              owner: task?.owner ?? null,
              due: task?.dueOn ?? null,
              state: task?.state ?? null,
            };
          }),
      })),
    };
  });
}
