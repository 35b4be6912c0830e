import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { migrationsDirectory } from '../../src/store/read-migrations.ts';
import { createEmptyDatabase, type TestDatabase } from '../helpers/database.ts';
import { query } from './embedded-fixtures.ts';

const log = { info: () => undefined, warn: () => undefined };
/** The last one before follow-ups carried anything of their client. */
const before = '20261123010302_rules_of_absences';
let database: TestDatabase;
let directory: string;

beforeAll(async () => {
  database = await createEmptyDatabase();
  directory = await mkdtemp(join(tmpdir(), 'baton-earlier-'));
  const earlier = (await readdir(migrationsDirectory)).filter((name) => name <= before);
  for (const name of earlier) await cp(join(migrationsDirectory, name), join(directory, name), { recursive: true });
});
afterAll(async () => {
  await database.drop();
  await rm(directory, { recursive: true });
});

it('follow-ups of before, open and done, say of their client what it is when the schema is brought up', async () => {
  await migrate({ connect: database.url, directory, log });
  const asOld = new URL(database.url);
  asOld.searchParams.set('options', '-c role=baton_app -c baton.organisation=old');
  await query(
    asOld.href,
    `insert into organisation (id, name, created_at) values ('old', 'Old', now());
     insert into team (organisation_id, id, name, zone, working_days, closures, schedules)
       values ('old', 'east', 'East', 'UTC', '{mon}', '{}', '{}');
     insert into person (organisation_id, id, name, team_id, roles, languages, qualifications)
       values ('old', 'maya', 'Maya', 'east', '{coordinator}', '{}', '[]');
     insert into client (organisation_id, id, code, team_id, identity, status, tier, preferences, created_at)
       select 'old', md5(code)::uuid, code, 'east', '\\x00', status, tier, '{}', now()
       from (values ('0000-1', 'inactive', 'high'), ('0000-2', 'discharged', 'low')) given (code, status, tier);
     insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, created_at, state, closed_at)
       select 'old', gen_random_uuid(), c.id, 'maya', '2026-11-23', 'UTC', now(), state,
              case state when 'done' then now() end
       from client c, unnest(array['open', 'done']) as state;`,
  );
  await migrate({ connect: database.url, log });
  const rows = await query(
    asOld.href,
    `select client_code || ' ' || client_tier || ' ' || client_status || ' ' || state as said from follow_up order by 1`,
  );
  expect(rows.map((row) => row['said'])).toEqual([
    '0000-1 high inactive done',
    '0000-1 high inactive open',
    '0000-2 low discharged done',
    '0000-2 low discharged open',
  ]);
  const forced = await query(
    database.url,
    `select relname from pg_class where relname in ('client', 'follow_up') and relforcerowsecurity order by 1`,
  );
  expect(forced.map((row) => row['relname'])).toEqual(['client', 'follow_up']);
});
