import type { Role } from '../../access/roles.ts';
import { sayWords } from '../../feature/say-sealed.ts';
import type { OrganisationTransaction } from '../../store/transaction.ts';
import { frozenSchema, type Week } from './figures.ts';
import type { ReviewAction } from './rules.ts';

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  /** As the organisation's file writes them. */
  readonly schedules: unknown;
}

export async function findTeam(tx: OrganisationTransaction, id: string): Promise<Team | undefined> {
  const rows = await tx.db.$queryRaw<Team[]>`
    select id, name, zone, schedules from team where organisation_id = ${tx.organisation} and id = ${id}`;
  return rows[0];
}

/** Active people with one of these roles, and their team. */
export async function listWithRole(
  tx: OrganisationTransaction,
  roles: readonly Role[],
): Promise<readonly { readonly id: string; readonly team: string; readonly roles: readonly string[] }[]> {
  return tx.db.$queryRaw<{ id: string; team: string; roles: string[] }[]>`
    select id, team_id as team, roles from person
    where organisation_id = ${tx.organisation} and active and roles && ${[...roles]}::text[] order by id`;
}

/** A week that was shown, reviewed or not. */
export interface StoredWeek {
  readonly review:
    | {
        readonly by: string;
        readonly byName: string;
        readonly at: Date;
        readonly action: string;
        readonly words: string | undefined;
      }
    | undefined;
  readonly frozen: Week | undefined;
}

const wordsPlace = (team: string, week: string): { table: string; column: string; row: string } => ({
  table: 'week_review',
  column: 'words',
  row: `${team}/${week}`,
});

interface WeekRow {
  by: string | null;
  by_name: string | null;
  at: Date | null;
  action: string | null;
  words: Uint8Array | null;
  figures: unknown;
}

/** The week's row, locked until the transaction ends when `lock` is set: two reviewers come one after the other. */
export async function findWeek(
  tx: OrganisationTransaction,
  team: string,
  week: string,
  lock: boolean,
): Promise<StoredWeek | undefined> {
  if (lock) {
    await tx.db.$executeRaw`
      select 1 from week_review
      where organisation_id = ${tx.organisation} and team_id = ${team} and week = ${week}::date for update`;
  }
  const rows = await tx.db.$queryRaw<WeekRow[]>`
    select w.reviewed_by as by, p.name as by_name, w.reviewed_at as at, w.action, w.words, w.figures
    from week_review w left join person p on p.organisation_id = w.organisation_id and p.id = w.reviewed_by
    where w.organisation_id = ${tx.organisation} and w.team_id = ${team} and w.week = ${week}::date`;
  const row = rows[0];
  if (row === undefined) return undefined;
  const { by, at, action, words, figures } = row;
  const frozen = figures === null ? undefined : frozenSchema.parse(figures);
  if (by === null || at === null || action === null) return { review: undefined, frozen };
  const opened = words === null ? undefined : sayWords(tx.open(wordsPlace(team, week), words));
  return { review: { by, byName: row.by_name ?? by, at, action, words: opened }, frozen };
}

/** Notes that a week is shown; once, whoever comes first. */
export async function noteWeek(tx: OrganisationTransaction, team: string, week: string, now: Date): Promise<void> {
  await tx.db.$executeRaw`
    insert into week_review (organisation_id, team_id, week, made_at)
    values (${tx.organisation}, ${team}, ${week}::date, ${now}) on conflict do nothing`;
}

/** Keeps the review with the figures as they were seen. False when somebody was first. */
export async function saveReview(
  tx: OrganisationTransaction,
  review: {
    readonly team: string;
    readonly week: string;
    readonly by: string;
    readonly at: Date;
    readonly action: ReviewAction;
    readonly words: string | undefined;
    readonly figures: Week;
  },
): Promise<boolean> {
  const { team, week, words } = review;
  const sealed = words === undefined ? null : tx.seal(wordsPlace(team, week), words);
  const saved = await tx.db.$executeRaw`
    update week_review
    set reviewed_by = ${review.by}, reviewed_at = ${review.at}, action = ${review.action}, words = ${sealed}::bytea,
        figures = ${JSON.stringify(review.figures)}::jsonb
    where organisation_id = ${tx.organisation} and team_id = ${team} and week = ${week}::date and reviewed_at is null`;
  return saved === 1;
}

/** Weeks that were shown and nobody has reviewed, oldest first. */
export async function listUnreviewed(
  tx: OrganisationTransaction,
  team?: string,
): Promise<readonly { readonly team: string; readonly week: string }[]> {
  return tx.db.$queryRaw<{ team: string; week: string }[]>`
    select team_id as team, week::text as week from week_review
    where organisation_id = ${tx.organisation} and reviewed_at is null
      and (${team ?? null}::text is null or team_id = ${team ?? null})
    order by week, team_id`;
}

export interface WeekExportRow {
  readonly week: string;
  readonly team: string;
  readonly reviewedBy: string | null;
  readonly reviewedAt: string | null;
  readonly action: string | null;
  readonly figures: unknown;
}

/** Every week that was shown, unreviewed ones too: what nobody looked at is evidence as well. */
export async function exportWeeks(
  tx: OrganisationTransaction,
  range: { readonly from?: string; readonly to?: string },
): Promise<readonly WeekExportRow[]> {
  const rows = await tx.db.$queryRaw<(Omit<WeekExportRow, 'reviewedAt'> & { reviewedAt: Date | null })[]>`
    select week::text as week, team_id as team, reviewed_by as "reviewedBy", reviewed_at as "reviewedAt", action, figures
    from week_review
    where organisation_id = ${tx.organisation}
      and (${range.from ?? null}::date is null or week >= ${range.from ?? null}::date)
      and (${range.to ?? null}::date is null or week <= ${range.to ?? null}::date)
    order by week, team_id`;
  return rows.map((row) => ({ ...row, reviewedAt: row.reviewedAt?.toISOString() ?? null }));
}

/**
 * What this transaction still asks is planned by its own values. A plan made for any days, teams and people reads a year's
 * rows one by one: twenty times the pages.
 */
export function planForThese({ db }: OrganisationTransaction): void {
  void db.$writeRaw`set local plan_cache_mode = force_custom_plan`;
}
