import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { messageKey } from '../../src/slack/message-key.ts';
import { query } from '../store/embedded-fixtures.ts';
import type { Environment } from './built-service.ts';
import { mustRun, slackTenant } from './organisation.ts';

/** Row security holds for the owner too: whoever looks says as whom, and about which organisation. */
const as = (url: string, role: string): string =>
  `${url}&options=${encodeURIComponent(`-c role=${role} -c baton.organisation=riverside`)}`;

/** An organisation of so many people on Slack, nobody of whom anything is known but that. */
export async function preparePeople(folder: string, environment: Environment, people: number): Promise<void> {
  const file = join(folder, 'org.yaml');
  await writeFile(
    file,
    stringify({
      organisation: { id: 'riverside', name: 'Riverside' },
      workspaces: [{ id: 'rs-slack', platform: 'slack', externalId: slackTenant }],
      teams: [{ id: 'east', name: 'East team', zone: 'America/New_York' }],
      people: [{ id: 'p0', name: 'Robin First', roles: ['coordinator'], team: 'east' }],
    }),
  );
  await mustRun(environment, 'apply', file);
  await query(
    as(environment['DATABASE_URL'] ?? '', 'baton_app'),
    `with made as (
       insert into person (organisation_id, id, name, team_id, roles, languages, qualifications, active)
       select 'riverside', 'p' || n, 'Robin ' || n, 'east', '{coordinator}', '{}', '[]', true
       from generate_series(1, ${people}) as n returning id)
     insert into identity (organisation_id, workspace_id, platform_user, person_id, active)
     select 'riverside', 'rs-slack', 'U' || upper(id), id, true from made`,
  );
}

/** So many due posts, one person after the other; none of them waits for anybody's morning. */
export async function enqueueMany(url: string, posts: number, people: number): Promise<void> {
  await query(
    as(url, 'baton_app'),
    `with made as (
       insert into post (organisation_id, id, key, audience, destination, kind, subject, priority, at_once, created_at)
       select 'riverside', gen_random_uuid(), 'due ' || gen_random_uuid(), 'person', 'p' || (n % ${people} + 1), 'caseloads.imported',
              to_char(timestamp '2026-01-01' + n * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS.000"Z"'), 1, true,
              now() - (${posts} - n) * interval '1 millisecond'
       from generate_series(1, ${posts}) as n
       returning id, destination, subject, created_at)
     insert into delivery (organisation_id, id, post_id, line, priority, next_at, created_at)
     select 'riverside', gen_random_uuid(), id, 'person:' || destination || '/' || subject, 1, created_at, created_at
     from made`,
  );
}

/** How many copies are in each state. */
export async function countStates(url: string): Promise<Readonly<Record<string, number>>> {
  const rows = await query(
    as(url, 'baton_app'),
    `select state, count(*)::int as count from delivery group by state order by state`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [String(state), Number(count)]));
}

/** What the platform was given to recognise each copy by, of those that count as sent. */
export async function sentKeys(url: string): Promise<readonly string[]> {
  const rows = await query(as(url, 'baton_app'), `select id::text as id from delivery where state = 'sent'`);
  return rows.map(({ id }) => messageKey(String(id)));
}

/** What a killed process held is free at once, instead of when its lease has ended. */
export async function endLeases(url: string): Promise<void> {
  await query(
    as(url, 'baton_worker'),
    `update delivery set lease_until = clock_timestamp() - interval '1 second' where state = 'sending'`,
  );
}

/** What is open is taken off the queue for good. */
export async function forgetOpen(url: string): Promise<void> {
  await query(
    as(url, 'baton_worker'),
    `update delivery set state = 'cancelled', holder = null, lease_until = null
     where state in ('pending', 'sending', 'unknown', 'parked')`,
  );
}
