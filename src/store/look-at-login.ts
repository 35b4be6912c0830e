import type { Queryable } from './migration-status.ts';

/** Who a connection came in as, and what it could make of itself. */
export interface Login {
  /** The role that logged in, whatever it took on afterwards. */
  readonly name: string;
  /** What it could do that serving needs not: half sentences, none for a login that is bound. */
  readonly powers: readonly string[];
  /** Roles of ours that it may take on. */
  readonly roles: readonly string[];
}

/** Predefined roles that read or write beside every grant, or reach the server's own files and programs. */
const above = [
  'pg_read_all_data',
  'pg_write_all_data',
  'pg_read_server_files',
  'pg_write_server_files',
  'pg_execute_server_program',
];

/** Every role the login may become, by whatever way of being a member: SET ROLE follows them all. */
const REACH = `SELECT session_user::text AS login, r.rolname::text AS role, r.rolsuper AS super,
    r.rolbypassrls AS bypasses, r.rolcreaterole AS makes, r.rolreplication AS replicates,
    r.rolname = 'pg_database_owner' AS holds,
    EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relowner = r.oid) AS owns
  FROM pg_roles r WHERE pg_has_role(session_user, r.oid, 'MEMBER')`;

interface ReachedRole {
  readonly login: string;
  readonly role: string;
  readonly super: boolean;
  readonly bypasses: boolean;
  readonly makes: boolean;
  readonly replicates: boolean;
  readonly holds: boolean;
  readonly owns: boolean;
}

/** Looks at a connection's login; works in whatever role it has taken on since. */
export async function lookAtLogin(connection: Queryable): Promise<Login> {
  // The columns are those of the statement above.
  const reached = (await connection.query(REACH)).rows as ReachedRole[];
  const power = (of: (role: ReachedRole) => boolean, words: string): string[] => (reached.some(of) ? [words] : []);
  return {
    name: reached[0]?.login ?? '',
    powers: [
      ...power((role) => role.super, 'is a superuser'),
      ...power((role) => role.bypasses, 'bypasses row security'),
      ...power((role) => role.owns || role.holds, 'owns the tables or the database'),
      ...power((role) => role.makes, 'may make roles'),
      ...power((role) => role.replicates, 'may replicate'),
      ...power((role) => above.includes(role.role), 'is a member of a role that reads or writes everything'),
    ],
    roles: reached.map(({ role }) => role).filter((role) => role === 'baton_app' || role === 'baton_worker'),
  };
}
