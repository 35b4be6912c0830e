import type { Platform } from '../platform.ts';
import type { OrganisationTransaction } from '../store/transaction.ts';
import type { Colleague } from './records.ts';
import { roleSchema } from './roles.ts';

/** A person of the organisation whom somebody named, whether or not they still work here. */
export interface NamedPerson extends Colleague {
  /** Works here, and can be told something on at least one platform. */
  readonly active: boolean;
}

interface PersonRow {
  id: string;
  name: string;
  team: string;
  roles: string[];
  active: boolean;
  by_identity: boolean;
}

const readPerson = (row: PersonRow): NamedPerson => ({
  id: row.id,
  name: row.name,
  team: row.team,
  roles: row.roles.map((role) => roleSchema.parse(role)),
  active: row.active,
});

/**
 * Who a mention on a platform means: the platform's user id, or the person's id of the organisation file typed by
 * hand (`@jon`). A mention two people could be meant by means nobody.
 */
export async function findPersonByIdentity(
  tx: OrganisationTransaction,
  platform: Platform | undefined,
  mentioned: string,
): Promise<NamedPerson | undefined> {
  const rows = await tx.db.$queryRaw<PersonRow[]>`
    select p.id, p.name, p.team_id as team, p.roles, named.by_identity,
           p.active and exists (select 1 from identity a where a.organisation_id = p.organisation_id
                                and a.person_id = p.id and a.active) as active
    from person p
    join (select i.person_id as id, true as by_identity
          from identity i join workspace w on w.organisation_id = i.organisation_id and w.id = i.workspace_id
          where i.organisation_id = ${tx.organisation} and w.platform = ${platform}
            and lower(i.platform_user) = lower(${mentioned})
          union select lower(${mentioned}), false) named on named.id = p.id
    where p.organisation_id = ${tx.organisation}`;
  const linked = rows.filter((row) => row.by_identity);
  const found = linked.length > 0 ? linked : rows;
  const [one, other] = found;
  return one === undefined || other !== undefined ? undefined : readPerson(one);
}

/** The same for somebody chosen from a list by their id. */
export async function findPersonById(tx: OrganisationTransaction, id: string): Promise<NamedPerson | undefined> {
  const rows = await tx.db.$queryRaw<PersonRow[]>`
    select p.id, p.name, p.team_id as team, p.roles, false as by_identity,
           p.active and exists (select 1 from identity a where a.organisation_id = p.organisation_id
                                and a.person_id = p.id and a.active) as active
    from person p where p.organisation_id = ${tx.organisation} and p.id = ${id}`;
  return rows[0] === undefined ? undefined : readPerson(rows[0]);
}
