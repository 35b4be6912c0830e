import type { OrganisationTransaction } from '../store/transaction.ts';
import type { OrganisationFile } from './organisation-file.ts';
import { findPhones, sealPhone } from './phones.ts';

/** One line of what applying a file changed: `person maya: created`. */
export interface OrganisationChange {
  readonly kind: 'organisation' | 'workspace' | 'partner' | 'team' | 'place' | 'person' | 'identity';
  readonly id: string;
  readonly what: 'created' | 'updated' | 'removed';
}

export type Row = Readonly<Record<string, unknown>>;

/** One table's wanted rows against those that are there. */
export interface Part {
  readonly kind: OrganisationChange['kind'];
  readonly wanted: ReadonlyMap<string, Row>;
  readonly present: ReadonlyMap<string, Row>;
  /** Writes one row, new or changed. */
  write(row: Row): Promise<unknown>;
  /** Removes what the file no longer names; absent = what is not in the file stays. */
  remove?(row: Row): Promise<unknown>;
}

const byKey = <T extends Row>(rows: readonly T[], key: (row: T) => string): Map<string, T> =>
  new Map(rows.map((row) => [key(row), row]));

/** What the file wants of every table, beside what is there; in the order in which rows may refer to each other. */
export async function readParts(
  tx: OrganisationTransaction,
  file: OrganisationFile,
  now: Date,
): Promise<readonly Part[]> {
  const { db, organisation } = tx;
  const setting = file.organisation;
  const present = await db.organisation.findUniqueOrThrow({ where: { id: organisation } });
  return [
    {
      kind: 'organisation',
      wanted: new Map([
        [
          setting.id,
          {
            name: setting.name,
            privacy: setting.privacy,
            label: setting.label,
            namesInForms: setting.namesInForms ?? present.namesInForms,
            dateOrder: setting.dateOrder ?? present.dateOrder,
            ...setting.settings,
          },
        ],
      ]),
      present: new Map([
        [
          present.id,
          {
            name: present.name,
            privacy: present.privacy,
            label: present.label,
            namesInForms: present.namesInForms,
            dateOrder: present.dateOrder,
            // Each in the column of its name.
            ...Object.fromEntries(Object.entries(present).filter(([column]) => column in setting.settings)),
          },
        ],
      ]),
      write: (data) => db.organisation.update({ where: { id: organisation }, data }),
    },
    await workspacePart(tx, file),
    await partnerPart(tx, file),
    await teamPart(tx, file),
    await placePart(tx, file),
    await personPart(tx, file, now),
    await identityPart(tx, file),
  ];
}

async function workspacePart(
  { db, organisation }: OrganisationTransaction,
  { workspaces }: OrganisationFile,
): Promise<Part> {
  const rows = await db.workspace.findMany({
    where: { organisationId: organisation },
    select: { id: true, platform: true, externalId: true, serviceUrl: true },
  });
  return {
    kind: 'workspace',
    wanted: byKey(
      workspaces.map((row) => ({ ...row, serviceUrl: row.serviceUrl ?? null })),
      (row) => row.id,
    ),
    present: byKey(rows, (row) => row.id),
    write: (row) => db.$executeRaw`
      insert into workspace (organisation_id, id, platform, external_id, service_url)
      values (${organisation}, ${row['id']}, ${row['platform']}, ${row['externalId']}, ${row['serviceUrl']})
      on conflict (organisation_id, id) do update
      set platform = excluded.platform, external_id = excluded.external_id, service_url = excluded.service_url`,
  };
}

async function partnerPart(
  { db, organisation }: OrganisationTransaction,
  { partners }: OrganisationFile,
): Promise<Part> {
  const rows = await db.partner.findMany({
    where: { organisationId: organisation },
    select: { id: true, name: true, kind: true, routes: true },
  });
  return {
    kind: 'partner',
    wanted: byKey(partners, (row) => row.id),
    present: byKey(rows, (row) => row.id),
    write: (row) => db.$executeRaw`
      insert into partner (organisation_id, id, name, kind, routes)
      values (${organisation}, ${row['id']}, ${row['name']}, ${row['kind']}, ${JSON.stringify(row['routes'])}::jsonb)
      on conflict (organisation_id, id) do update
      set name = excluded.name, kind = excluded.kind, routes = excluded.routes`,
  };
}

async function teamPart({ db, organisation }: OrganisationTransaction, { teams }: OrganisationFile): Promise<Part> {
  const rows = await db.$queryRaw<Row[]>`
    select id, name, zone, working_days as "workingDays", closures::text[] as closures, schedules, policies,
           digest_at is not null as "chosenInChat"
    from team where organisation_id = ${organisation}`;
  const chosen = new Set(rows.flatMap((row) => (row['chosenInChat'] === true ? [row['id']] : [])));
  return {
    kind: 'team',
    wanted: byKey(
      teams.map(({ places: _places, ...row }) => ({
        ...row,
        // What was chosen in chat stays as long as the file names none.
        chosenInChat: row.schedules['dailyDigest'] === undefined && chosen.has(row.id),
      })),
      (row) => row.id,
    ),
    present: byKey(rows, (row) => String(row['id'])),
    write: (row) => db.$executeRaw`
      insert into team (organisation_id, id, name, zone, working_days, closures, schedules, policies)
      values (${organisation}, ${row['id']}, ${row['name']}, ${row['zone']}, ${row['workingDays']},
              ${row['closures']}::date[], ${JSON.stringify(row['schedules'])}::jsonb,
              ${JSON.stringify(row['policies'])}::jsonb)
      on conflict (organisation_id, id) do update
      set name = excluded.name, zone = excluded.zone, working_days = excluded.working_days,
          closures = excluded.closures, schedules = excluded.schedules, policies = excluded.policies,
          digest_at = case when excluded.schedules -> 'dailyDigest' is not null then null else team.digest_at end,
          digest_in = case when excluded.schedules -> 'dailyDigest' is not null then null else team.digest_in end`,
  };
}

const placeId = (
  place: OrganisationFile['places'][number] | OrganisationFile['teams'][number]['places'][number],
): string => ('channel' in place ? place.channel : place.conversation);

async function placePart(
  { db, organisation }: OrganisationTransaction,
  { teams, places }: OrganisationFile,
): Promise<Part> {
  const rows = await db.teamPlace.findMany({
    where: { organisationId: organisation },
    select: { teamId: true, workspaceId: true, place: true, serviceUrl: true, allowed: true },
  });
  const key = (row: { teamId: string; workspaceId: string; place: string }): string =>
    `${row.teamId}/${row.workspaceId}/${row.place}`;
  // What of places the file accepts although others can read along: by workspace and place, whichever team writes there.
  const accepted = new Map(places.map((row) => [`${row.workspace}/${placeId(row)}`, [...new Set(row.allow)].sort()]));
  const wanted = teams.flatMap((team) =>
    team.places.map((place) => ({
      teamId: team.id,
      workspaceId: place.workspace,
      place: placeId(place),
      allowed: accepted.get(`${place.workspace}/${placeId(place)}`) ?? [],
      serviceUrl: 'conversation' in place ? (place.serviceUrl ?? null) : null,
    })),
  );
  return {
    kind: 'place',
    wanted: byKey(wanted, key),
    present: byKey(rows, key),
    write: (row) => db.$executeRaw`
      insert into team_place (organisation_id, team_id, workspace_id, place, service_url, allowed)
      values (${organisation}, ${row['teamId']}, ${row['workspaceId']}, ${row['place']}, ${row['serviceUrl']},
              ${row['allowed']}::text[])
      on conflict (organisation_id, team_id, workspace_id, place) do update
      set service_url = excluded.service_url, allowed = excluded.allowed`,
    remove: (row) => db.$executeRaw`
      delete from team_place where organisation_id = ${organisation} and team_id = ${row['teamId']}
        and workspace_id = ${row['workspaceId']} and place = ${row['place']}`,
  };
}

async function personPart(tx: OrganisationTransaction, { people }: OrganisationFile, at: Date): Promise<Part> {
  const { db, organisation } = tx;
  const rows = await db.$queryRaw<Row[]>`
    select id, name, team_id as team, roles, fte::float8 as fte, works, zone, languages, qualifications, active
    from person where organisation_id = ${organisation}`;
  const phones = await findPhones(tx);
  const signedOut = await findSignedOut({ db, organisation }, people);
  return {
    kind: 'person',
    wanted: byKey(
      people.map(({ identities: _identities, ...row }) => ({
        ...row,
        // Signed out on one platform is signed out everywhere, for as long as the file links that account.
        active: row.active && !signedOut.has(row.id),
        fte: row.fte ?? null,
        works: row.works ?? null,
        zone: row.zone ?? null,
        // Nobody calls who has left.
        phone: row.active && !signedOut.has(row.id) ? (row.phone ?? null) : null,
      })),
      (row) => row.id,
    ),
    present: byKey(
      rows.map((row): Row => {
        const phone = phones.get(String(row['id']));
        // One that cannot be read counts as none, so that what the file says is written anew.
        return { ...row, phone: phone?.readable === true ? phone.value : null };
      }),
      (row) => String(row['id']),
    ),
    write: (row) => db.$executeRaw`
      insert into person (organisation_id, id, name, team_id, roles, fte, works, zone, languages, qualifications,
                          phone, active, deactivated_at)
      values (${organisation}, ${row['id']}, ${row['name']}, ${row['team']}, ${row['roles']}, ${row['fte']}::float8,
              ${row['works'] === null ? null : JSON.stringify(row['works'])}::jsonb, ${row['zone']},
              ${row['languages']}, ${JSON.stringify(row['qualifications'])}::jsonb,
              ${sealPhone(tx, String(row['id']), row['phone'])}::bytea, ${row['active']},
              case when ${row['active']} then null else ${at}::timestamptz end)
      on conflict (organisation_id, id) do update
      set name = excluded.name, team_id = excluded.team_id, roles = excluded.roles, fte = excluded.fte,
          works = excluded.works, zone = excluded.zone, languages = excluded.languages,
          qualifications = excluded.qualifications, phone = excluded.phone, active = excluded.active,
          deactivated_at = excluded.deactivated_at, version = person.version + 1`,
  };
}

/** People of the file who are linked to an account that its platform deactivated, or to a guest without an end date. */
async function findSignedOut(
  { db, organisation }: Pick<OrganisationTransaction, 'db' | 'organisation'>,
  people: OrganisationFile['people'],
): Promise<ReadonlySet<string>> {
  const rows = await db.$queryRaw<{ workspace: string; user: string; guest: boolean }[]>`
    select workspace_id as workspace, platform_user as "user", guest from identity
    where organisation_id = ${organisation} and (not active or guest)`;
  const out = new Map(rows.map(({ workspace, user, guest }) => [`${workspace}/${user}`, guest]));
  const isOut = (identity: OrganisationFile['people'][number]['identities'][number]): boolean => {
    const guest = out.get(`${identity.workspace}/${identity.user}`);
    return guest !== undefined && !(guest && identity.guestUntil !== undefined);
  };
  return new Set(people.filter((person) => person.identities.some(isOut)).map(({ id }) => id));
}

async function identityPart(
  { db, organisation }: OrganisationTransaction,
  { people }: OrganisationFile,
): Promise<Part> {
  const rows = await db.$queryRaw<{ workspace: string; user: string; person: string; guestUntil: string | null }[]>`
    select workspace_id as workspace, platform_user as "user", person_id as person, guest_until::text as "guestUntil"
    from identity where organisation_id = ${organisation}`;
  const wanted = people.flatMap((person) =>
    person.identities.map((identity) => ({
      workspace: identity.workspace,
      user: identity.user,
      person: person.id,
      guestUntil: identity.guestUntil ?? null,
    })),
  );
  const named = new Set(people.map((person) => person.id));
  const key = (row: { workspace: string; user: string }): string => `${row.workspace}/${row.user}`;
  return {
    kind: 'identity',
    wanted: byKey(wanted, key),
    present: byKey(
      rows.filter((row) => named.has(row.person)),
      key,
    ),
    write: (row) => db.$executeRaw`
      insert into identity (organisation_id, workspace_id, platform_user, person_id, active, guest_until)
      values (${organisation}, ${row['workspace']}, ${row['user']}, ${row['person']}, true, ${row['guestUntil']}::date)
      on conflict (organisation_id, workspace_id, platform_user) do update
      set person_id = excluded.person_id, guest_until = excluded.guest_until,
          active = case when identity.guest then excluded.guest_until is not null else identity.active end`,
    remove: (row) => db.$executeRaw`
      delete from identity where organisation_id = ${organisation} and workspace_id = ${row['workspace']}
        and platform_user = ${row['user']}`,
  };
}
