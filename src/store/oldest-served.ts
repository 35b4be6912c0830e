import type { MigrationsStatus } from './migration-status.ts';

/**
 * The newest migration of the version before this one. A process of that version goes on serving beside this version's
 * schema, because what it needs is taken away one version later (ADR 0021). Raised with the number in package.json.
 */
export const oldestServed = '20261130170601_rules_of_strangers';

const sign = 'the newest migration a process must know to serve beside this schema: ';

/** Stands on Prisma's own table, so that a process reads it with the question it asks anyway. */
export const oldestServedComment = (oldest: string): string => `${sign}${oldest}`;

/** Undefined: written by a version that says nothing of it, and then none but its own processes serve. */
export const readOldestServed = (comment: string | null): string | undefined =>
  comment?.startsWith(sign) === true ? comment.slice(sign.length) : undefined;

/** How a database stands to a process: as it stands to its migrations, or of a newer version that it can serve beside. */
export type Servable = MigrationsStatus['state'] | 'served-beside';

/** Why a process cannot serve on it, in words. */
export const sayServable = (state: Servable): string | undefined =>
  state === 'behind'
    ? 'this build wants a newer schema: run npm run -s baton -- migrate, or start the service'
    : state === 'ahead'
      ? 'the database belongs to a newer Baton'
      : undefined;

/**
 * `known`: names of the migrations this process has, in order. A newer schema that still has everything of this process
 * is served beside; its start on one is refused all the same.
 */
export function servable(status: MigrationsStatus, known: readonly string[], oldest: string | undefined): Servable {
  const newest = known.at(-1);
  if (status.state !== 'ahead' || status.pending.length > 0 || newest === undefined) return status.state;
  return oldest !== undefined && newest >= oldest ? 'served-beside' : 'ahead';
}
