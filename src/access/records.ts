import type { PersonActor } from './actor.ts';
import { readWorkingTime, type WorkingTime, type WorkingTimeRow } from '../calendar/working-time.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import { roleSchema, type Role } from './roles.ts';

interface ActorRow extends WorkingTimeRow, PrivacyRow {
  id: string;
  name: string;
  roles: string[];
  team_id: string;
  active: boolean;
  identity_active: boolean;
  guest_until: string | null;
  date_order: 'dmy' | 'mdy' | null;
  platform: string;
  tenant: string;
  uninvited: boolean;
  workspace_removed: string | null;
  last_seen_at: Date | null;
  held_up_by: Date | null;
}

/** Who a platform user is in this organisation, with what reading their words depends on: dates by the team's days. */
export interface KnownUser extends WorkingTime {
  readonly actor: PersonActor;
  /** Where they were found, as their platform names it: a remembered way to the workspace is held against it. */
  readonly from: { readonly platform: string; readonly tenant: string };
  readonly active: boolean;
  /** A guest of the platform whom nobody invited with an end date. */
  readonly uninvited: boolean;
  /** The workspace, while it is thought that Baton is not installed there. */
  readonly workspaceRemoved: string | undefined;
  /** When they last acted there, as far as it was noted. */
  readonly lastSeenAt: Date | undefined;
  /** Last day of a linked guest, `YYYY-MM-DD`. */
  readonly guestUntil: string | undefined;
  /** Of the asked-for window: the oldest command of those that are more than it takes. */
  readonly heldUpBy: Date | undefined;
  readonly dateOrder: 'dmy' | 'mdy' | undefined;
  readonly privacy: OrganisationPrivacy;
}

export async function findUser(
  tx: OrganisationTransaction,
  workspace: string,
  platformUser: string,
  /** Asked along with who it is, because every command asks: which of theirs is the last one too many. */
  window?: { readonly after: Date; readonly upTo: Date; readonly commands: number },
): Promise<KnownUser | undefined> {
  const rows = await tx.db.$queryRaw<ActorRow[]>`
    select p.id, p.name, p.roles, p.team_id, coalesce(p.zone, t.zone) as zone, t.working_days, t.closures::text[] as closures,
           p.active, i.active as identity_active, i.guest_until::text as guest_until, o.date_order,
           o.privacy, o.label, o.names_in_forms, w.platform, w.external_id as tenant,
           i.guest and i.guest_until is null as uninvited,
           case when w.removed_at is not null then w.id end as workspace_removed, i.last_seen_at,
           (select d.received_at from inbound_delivery d
            where d.organisation_id = i.organisation_id and d.person_id = i.person_id and d.counted
              and d.received_at > ${window?.after ?? null}::timestamptz
              and d.received_at <= ${window?.upTo ?? null}::timestamptz
            order by d.received_at desc offset ${window?.commands ?? 0}::int limit 1) as held_up_by
    from identity i
    join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
    join person p on p.organisation_id = i.organisation_id and p.id = i.person_id
    join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    join organisation o on o.id = p.organisation_id
    where i.organisation_id = ${tx.organisation} and i.workspace_id = ${workspace} and i.platform_user = ${platformUser}`;
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    actor: {
      kind: 'person',
      organisation: tx.organisation,
      person: row.id,
      name: row.name,
      roles: readRoles(row.roles),
      team: row.team_id,
      zone: row.zone,
    },
    from: { platform: row.platform, tenant: row.tenant },
    active: row.active && row.identity_active,
    uninvited: row.uninvited,
    workspaceRemoved: row.workspace_removed ?? undefined,
    lastSeenAt: row.last_seen_at ?? undefined,
    heldUpBy: row.held_up_by ?? undefined,
    guestUntil: row.guest_until ?? undefined,
    dateOrder: row.date_order ?? undefined,
    ...readWorkingTime(row),
    privacy: readPrivacy(row),
  };
}

const readRoles = (roles: readonly string[]): Role[] => roles.map((role) => roleSchema.parse(role));

/** A colleague, as cards show one. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly roles: readonly Role[];
}

type ColleagueRow = Omit<Colleague, 'roles'> & { readonly roles: string[] };

/** Active people of the organisation, by name. */
export async function listColleagues(tx: OrganisationTransaction): Promise<readonly Colleague[]> {
  const rows = await tx.db.$queryRaw<ColleagueRow[]>`
    select id, name, team_id as team, roles from person
    where organisation_id = ${tx.organisation} and active order by name, id`;
  return rows.map((row) => ({ ...row, roles: readRoles(row.roles) }));
}

export async function findColleague(tx: OrganisationTransaction, id: string): Promise<Colleague | undefined> {
  const rows = await tx.db.$queryRaw<ColleagueRow[]>`
    select id, name, team_id as team, roles from person
    where organisation_id = ${tx.organisation} and id = ${id} and active`;
  return rows[0] === undefined ? undefined : { ...rows[0], roles: readRoles(rows[0].roles) };
}

/** The privacy settings that decide what a card may show. */
export interface OrganisationPrivacy {
  readonly privacy: 'minimal' | 'full';
  readonly label: 'initials-and-birth-year' | 'nothing';
  readonly namesInForms: boolean;
}

/** Its columns, wherever a statement reads them. */
export interface PrivacyRow {
  readonly privacy: string;
  readonly label: string;
  readonly names_in_forms: boolean;
}

export async function findOrganisationPrivacy(tx: OrganisationTransaction): Promise<OrganisationPrivacy> {
  const [row] = await tx.db.$queryRaw<PrivacyRow[]>`
    select privacy, label, names_in_forms from organisation where id = ${tx.organisation}`;
  if (row === undefined) throw new Error('there is no such organisation');
  return readPrivacy(row);
}

export function readPrivacy(row: PrivacyRow): OrganisationPrivacy {
  return {
    privacy: row.privacy === 'full' ? 'full' : 'minimal',
    label: row.label === 'nothing' ? 'nothing' : 'initials-and-birth-year',
    namesInForms: row.names_in_forms,
  };
}

/** Teams of the organisation with their zones. */
export async function listTeams(
  tx: OrganisationTransaction,
): Promise<readonly { id: string; name: string; zone: string }[]> {
  return tx.db.$queryRaw<{ id: string; name: string; zone: string }[]>`
    select id, name, zone from team where organisation_id = ${tx.organisation} order by id`;
}

/** The IANA zone a person lives in: their own, else their team's. */
export async function findPersonZone(tx: OrganisationTransaction, person: string): Promise<string | undefined> {
  const rows = await tx.db.$queryRaw<{ zone: string }[]>`
    select coalesce(p.zone, t.zone) as zone
    from person p join team t on t.organisation_id = p.organisation_id and t.id = p.team_id
    where p.organisation_id = ${tx.organisation} and p.id = ${person}`;
  return rows[0]?.zone;
}
