import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { fillClients } from './fill-clients.ts';

/** How many of what there are for each client, after two years of work. */
const twoYears = { contacts: 10, doneFollowUps: 9, audits: 20, posts: 5, requests: 10 } as const;
type Times = Readonly<Record<keyof typeof twoYears, number>>;

/**
 * Clients by the thousand with two years of work: ten follow-ups each, one of them open, ten contacts, twenty audit rows,
 * five posts and their copies, ten requests; every fifth has a referral, every twentieth an escalation. All of it through
 * the application's own door, in one transaction.
 */
export async function fillYears(
  tx: OrganisationTransaction,
  range: { readonly count: number; readonly from: number },
  now: Date,
): Promise<void> {
  await fillClients(tx, range, now);
  const { db, organisation } = tx;
  // Each coordinator is of one of the teams whose clients they have.
  await db.$executeRaw`
    update person set team_id = 't' || 1 + substr(id, 2)::int % 49
    where organisation_id = ${organisation} and id ~ '^c[0-9]+$' and team_id = 'east'`;
  await db.$executeRaw`
    create temp table worked on commit drop as
    select n, id, team, case when n % 50 = 0 and n <= 4000 then 'maya' else 'c' || n % 2000 end as person from filled`;
  await db.$executeRaw`analyze worked`;
  await fillWork(tx, now, twoYears);
  await db.$executeRaw`
    insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, state, created_at)
    select ${organisation}, gen_random_uuid(), id, person, (${now}::timestamptz - (n % 60 - 55) * interval '1 day')::date,
           'UTC', 'open', ${now}::timestamptz - 60 * interval '1 day'
    from worked`;
}

/** What was done for the clients of a temporary table `worked` (n, id, team, person), in two years if it is done so often. */
export async function fillWork(tx: OrganisationTransaction, now: Date, times: Times): Promise<void> {
  const { db, organisation } = tx;
  await db.$executeRaw`
    insert into contact (organisation_id, id, client_id, person_id, occurred_at, occurred_on, zone, logged_at, mode, outcome,
                         minutes, source)
    select ${organisation}, gen_random_uuid(), id, person, at, at::date, 'UTC', at, 'phone',
           case when (n + i) % 3 = 0 then 'no-answer' else 'reached' end, 15, 'slack'
    from worked cross join generate_series(1, ${times.contacts}::int) i
    cross join lateral (select ${now}::timestamptz - (i * 70 - n % 70) * interval '1 day' as at) w`;
  await db.$executeRaw`
    insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, state, created_at, closed_at)
    select ${organisation}, gen_random_uuid(), id, person,
           (${now}::timestamptz - i * 70 * interval '1 day')::date, 'UTC', 'done',
           ${now}::timestamptz - (i * 70 + 60) * interval '1 day', ${now}::timestamptz - i * 70 * interval '1 day'
    from worked cross join generate_series(1, ${times.doneFollowUps}::int) i`;
  await db.$executeRaw`
    insert into audit_event (organisation_id, id, at, actor, verb, subject_kind, subject_id, detail, hash)
    select ${organisation}, gen_random_uuid(), ${now}::timestamptz - (i * 35 + n % 35) * interval '1 day', person,
           (array['client.see', 'contact.log', 'follow-up.done', 'client.search'])[1 + i % 4], 'client', id::text, '{}', '\\x00'
    from worked cross join generate_series(1, ${times.audits}::int) i`;
  await db.$executeRaw`
    insert into referral (organisation_id, id, client_id, requester_id, to_team_id, to_partner_id, receiver_id, state, urgency,
                          created_at)
    select ${organisation}, id, id, person, case when n % 3 > 0 then 'east' end, case when n % 3 = 0 then 'home-start' end, 'maya', case when n % 100 = 0 then 'accepted' else 'closed' end, 'routine',
           ${now}::timestamptz - n % 700 * interval '1 day'
    from worked where n % 5 = 0`;
  await db.$executeRaw`
    insert into referral_event (organisation_id, id, referral_id, at, actor, step, from_state, to_state)
    select ${organisation}, gen_random_uuid(), id, ${now}::timestamptz - n % 700 * interval '1 day', person, step, null, state
    from worked cross join (values ('request', 'requested'), ('accept', 'accepted'), ('complete', 'completed')) s (step, state)
    where n % 5 = 0`;
  await db.$executeRaw`
    insert into escalation (organisation_id, id, client_id, team_id, severity, reason, raised_by, raised_at, state, policy,
                            owner_id, outcome, disposition, resolved_by, resolved_at)
    select ${organisation}, id, id, team, 'concern', 'other', person, ${now}::timestamptz - n % 700 * interval '1 day',
           'resolved', '{}', person, 'other', 'other', person, ${now}::timestamptz - n % 700 * interval '1 day'
    from worked where n % 20 = 0`;
  await db.$executeRaw`
    insert into escalation_event (organisation_id, id, escalation_id, at, actor, act, detail)
    select ${organisation}, gen_random_uuid(), id, ${now}::timestamptz - n % 700 * interval '1 day', person, act, '{}'
    from worked cross join unnest(array['raise', 'acknowledge', 'resolve']) act where n % 20 = 0`;
  await db.$executeRaw`
    insert into escalation_notice (organisation_id, id, escalation_id, at, person_id, step, reason, post_key)
    select ${organisation}, gen_random_uuid(), id, ${now}::timestamptz - n % 700 * interval '1 day', person, step, 'duty', 'n' || n
    from worked cross join generate_series(1, 3) step where n % 20 = 0`;
  await fillPosts(tx, now, times);
}

async function fillPosts({ db, organisation }: OrganisationTransaction, now: Date, times: Times): Promise<void> {
  await db.$executeRaw`
    create temp table written on commit drop as
    select gen_random_uuid() as id, n, i, w.id as client, person, ${now}::timestamptz - (i * 130 + n % 130) * interval '1 day' as at,
           (array['digests.person', 'referrals.card', 'week-reviews.week', 'escalations.card', 'days.end'])[i] as kind
    from worked w cross join generate_series(1, ${times.posts}::int) i`;
  await db.$executeRaw`
    insert into post (organisation_id, id, key, audience, destination, kind, subject, priority, series, created_at)
    select ${organisation}, id, 'filled:' || n || ':' || i, 'person', person, kind, client::text, 3, kind || ':' || person, at
    from written`;
  await db.$executeRaw`
    insert into delivery (organisation_id, id, post_id, workspace_id, platform, place, line, state, priority, attempts, next_at,
                          message_id, shown, sent_at, created_at)
    select ${organisation}, gen_random_uuid(), id, 'rs-slack', 'slack', 'D' || person, 'person:' || person || '/' || client,
           case when i = 1 then 'superseded' else 'sent' end, 3, 1, at, n || '.' || i, decode(md5(n::text), 'hex'), at, at
    from written`;
  await db.$executeRaw`
    insert into inbound_delivery (organisation_id, workspace_id, delivery, received_at, heard_at, person_id, counted, kind)
    select ${organisation}, 'rs-slack', 'filled:' || n || ':' || i, at, at, person, true, 'command'
    from worked cross join generate_series(1, ${times.requests}::int) i
    cross join lateral (select ${now}::timestamptz - (i * 40 + n % 40) * interval '1 day' as at) w`;
}
