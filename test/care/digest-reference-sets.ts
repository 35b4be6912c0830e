import fc from 'fast-check';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';

/** Most clients of one set. */
export const clientsOfSet = 6;
export const tiers = ['high', 'medium', 'low', 'maintenance'] as const;
const statuses = ['active', 'relapse-prevention', 'paused', 'inactive', 'discharged', 'deceased'] as const;
export const people = ['me', 'mate', 'bill', 'far', 'lead'] as const;
export type Who = (typeof people)[number];
export const teamOf: Readonly<Record<Who, 'home' | 'away'>> = {
  me: 'home',
  mate: 'home',
  bill: 'home',
  far: 'away',
  lead: 'away',
};
const roleOf: Readonly<Record<Who, string>> = {
  me: 'coordinator',
  mate: 'coordinator',
  bill: 'billing',
  far: 'coordinator',
  lead: 'supervisor',
};
export const referralStates = [
  'draft',
  'requested',
  'accepted',
  'rejected',
  'cancelled',
  'in-progress',
  'on-hold',
  'completed',
  'failed',
  'entered-in-error',
  'closed',
] as const;

const who = fc.constantFrom(...people);
/** Days from the set's date in UTC: most about the horizon of a digest, some far away. */
const days = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -9, max: 10 }) }, fc.integer({ min: -90, max: 380 }));
const hours = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -9 * 24, max: 10 * 24 }) },
  fc.integer({ min: -60 * 24, max: 60 * 24 }),
);
const client = fc.nat({ max: clientsOfSet - 1 });
const weekdays: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Mostly a plain week; days off fall before, on and after the day that is looked at. */
const week: fc.Arbitrary<readonly string[]> = fc.oneof(
  fc.constant<readonly string[]>(['mon', 'tue', 'wed', 'thu', 'fri']),
  fc.subarray([...weekdays], { minLength: 1 }),
);
const works = fc.record({
  week,
  /** Days from the set's date on which the team is closed. */
  closures: fc.uniqueArray(fc.integer({ min: -6, max: 9 }), { maxLength: 5 }),
});

/** One organisation's worth of things, for a handful of people: what stands in the tables, nothing of what follows. */
export const dataSet = fc.record({
  at: fc.constantFrom(
    '2026-11-23T14:00:00Z',
    '2026-11-24T03:30:00Z',
    '2026-12-31T23:30:00Z',
    '2028-02-28T23:59:00Z',
    '2026-03-08T07:30:00Z',
  ),
  zones: fc.record({
    home: fc.constantFrom('America/New_York', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/London'),
    away: fc.constantFrom('Pacific/Apia', 'Australia/Lord_Howe', 'America/New_York'),
  }),
  teams: fc.record({ home: works, away: works }),
  /** The week of the person who is looked at first, when it is not their team's. */
  mine: fc.option(week),
  clients: fc.array(
    fc.record({
      tier: fc.constantFrom(...tiers),
      status: fc.oneof({ weight: 3, arbitrary: fc.constant('active' as const) }, fc.constantFrom(...statuses)),
      coordinator: who,
      /** The one open contact of a client; a closed one is an earlier one. */
      contact: fc.option(
        fc.record({
          owner: who,
          days,
          state: fc.oneof(
            { weight: 3, arbitrary: fc.constant('open' as const) },
            fc.constantFrom('done' as const, 'cancelled' as const),
          ),
        }),
      ),
    }),
    { minLength: clientsOfSet, maxLength: clientsOfSet },
  ),
  tasks: fc.array(
    fc.record({
      client,
      owner: fc.oneof({ weight: 2, arbitrary: fc.constant('me' as const) }, who),
      days,
      open: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.boolean()),
    }),
    { maxLength: 14 },
  ),
  referrals: fc.array(
    fc.record({
      client,
      requester: who,
      to: fc.constantFrom('person', 'team', 'partner'),
      server: who,
      state: fc.oneof({ weight: 2, arbitrary: fc.constant('requested' as const) }, fc.constantFrom(...referralStates)),
      changedBy: fc.constantFrom('requester', 'server'),
      said: fc.constantFrom('nothing', 'asked', 'answered'),
      hours: fc.option(hours, { freq: 9 }),
    }),
    { maxLength: 5 },
  ),
  escalations: fc.array(
    fc.record({
      client,
      owner: who,
      severity: fc.constantFrom('crisis', 'urgent', 'concern'),
      state: fc.constantFrom('raised', 'acknowledged', 'resolved'),
      step: fc.integer({ min: 0, max: 2 }),
      hours,
      expires: fc.option(hours.filter((one) => one !== 0)),
      raised: fc.integer({ min: -72, max: -48 }),
      /** Since its present run began, and in an earlier one. */
      told: fc.subarray([...people]),
      toldBefore: fc.subarray([...people]),
    }),
    { maxLength: 3 },
  ),
  recommendations: fc.array(
    fc.record({ client: fc.option(client), to: who, days, state: fc.constantFrom('open', 'accepted', 'declined') }),
    { maxLength: 3 },
  ),
});
export type DataSet = typeof dataSet extends fc.Arbitrary<infer T> ? T : never;

const hour = 3_600_000;
export const dayFrom = ({ at }: Pick<DataSet, 'at'>, shift: number): string =>
  new Date(Date.parse(`${at.slice(0, 10)}T00:00:00Z`) + shift * 24 * hour).toISOString().slice(0, 10);
export const momentFrom = ({ at }: Pick<DataSet, 'at'>, shift: number): Date => new Date(Date.parse(at) + shift * hour);

/** Whether somebody works on a day. */
export function worksOn(set: DataSet, person: Who, day: string): boolean {
  const { week, closures } = set.teams[teamOf[person]];
  const own = (person === 'me' ? set.mine : null) ?? week;
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
  return own.includes(weekday) && !closures.some((shift) => dayFrom(set, shift) === day);
}

/** Ids are told by the set and their place in it, so that the reference and the tables speak of the same thing. */
export const idOf = (set: number, kind: number, index: number): string =>
  `00000000-0000-4000-8${String(kind).padStart(3, '0')}-${set.toString(16).padStart(8, '0')}${index.toString(16).padStart(4, '0')}`;
export const kinds = {
  contact: 1,
  task: 2,
  referral: 3,
  escalation: 4,
  recommendation: 5,
  event: 6,
  notice: 7,
} as const;
export const personOf = (set: number, person: Who): string => `${person}-${set}`;
export const teamIdOf = (set: number, team: 'home' | 'away'): string => `${team}-${set}`;

type Row = Readonly<Record<string, unknown>>;
type Write = (table: string, rows: readonly Row[]) => Promise<void>;

/** Rows of one table in one statement; the table's own columns say what each value is. Nothing here comes from outside. */
const writerTo =
  (tx: OrganisationTransaction): Write =>
  async (table, rows) => {
    const [first] = rows;
    if (first === undefined) return;
    const columns = Object.keys(first).join(', ');
    await tx.db.$queryRawUnsafe(
      `insert into ${table} (organisation_id, ${columns}) select '${tx.organisation}', ${columns}
       from jsonb_populate_recordset(null::${table}, $rows$${JSON.stringify(rows)}$rows$)`,
    );
  };

/** Writes all sets beside each other: each has people and teams of its own, and six of the clients. */
export async function writeSets(
  tx: OrganisationTransaction,
  sets: readonly { readonly number: number; readonly set: DataSet; readonly clients: readonly string[] }[],
): Promise<void> {
  const write = writerTo(tx);
  const all = <T>(rows: (one: (typeof sets)[number]) => readonly T[]): readonly T[] => sets.flatMap(rows);
  await write(
    'team',
    all(({ number, set }) =>
      (['home', 'away'] as const).map((team) => ({
        id: teamIdOf(number, team),
        name: `Team ${team}`,
        zone: set.zones[team],
        working_days: set.teams[team].week,
        closures: set.teams[team].closures.map((shift) => dayFrom(set, shift)),
        schedules: {},
        policies: {},
      })),
    ),
  );
  await write(
    'person',
    all(({ number, set }) =>
      people.map((person) => ({
        id: personOf(number, person),
        name: `Person ${person}`,
        team_id: teamIdOf(number, teamOf[person]),
        roles: [roleOf[person]],
        languages: [],
        qualifications: [],
        works:
          person === 'me' && set.mine !== null ? Object.fromEntries(set.mine.map((day) => [day, '09:00-17:00'])) : null,
        active: true,
        version: 1,
      })),
    ),
  );
  await placeClients(
    tx,
    all(({ number, set, clients }) =>
      set.clients.map((one, index) => ({
        id: clients[index],
        team: teamIdOf(number, 'home'),
        tier: one.tier,
        status: one.status,
        coordinator: personOf(number, one.coordinator),
      })),
    ),
  );
  await write('follow_up', all(followUpRows));
  await write('referral', all(referralRows));
  await write('referral_event', all(eventRows));
  await write('escalation', all(escalationRows));
  await write('escalation_notice', all(noticeRows));
  await writeRecommendations(write, all);
}

type Numbered = { readonly number: number; readonly set: DataSet; readonly clients: readonly string[] };

async function placeClients(tx: OrganisationTransaction, rows: readonly Row[]): Promise<void> {
  await tx.db.$queryRawUnsafe(
    `update client c set team_id = g.team, tier = g.tier, status = g.status
     from jsonb_to_recordset($rows$${JSON.stringify(rows)}$rows$) as g (id uuid, team text, tier text, status text)
     where c.organisation_id = '${tx.organisation}' and c.id = g.id`,
  );
  await tx.db.$queryRawUnsafe(
    `update coordinator_assignment a set person_id = g.coordinator
     from jsonb_to_recordset($rows$${JSON.stringify(rows)}$rows$) as g (id uuid, coordinator text)
     where a.organisation_id = '${tx.organisation}' and a.client_id = g.id and a.ended_at is null`,
  );
}

function followUpRows({ number, set, clients }: Numbered): readonly Row[] {
  const row = (given: Row, open: boolean): Row => ({
    zone: 'America/New_York',
    snoozes: 0,
    created_at: set.at,
    closed_at: open ? null : set.at,
    version: 1,
    ...given,
  });
  return [
    ...set.clients.flatMap(({ contact }, index) =>
      contact === null
        ? []
        : [
            row(
              {
                id: idOf(number, kinds.contact, index),
                client_id: clients[index],
                owner_id: personOf(number, contact.owner),
                kind: 'contact',
                task: null,
                due_on: dayFrom(set, contact.days),
                state: contact.state,
              },
              contact.state === 'open',
            ),
          ],
    ),
    ...set.tasks.map((task, index) =>
      row(
        {
          id: idOf(number, kinds.task, index),
          client_id: clients[task.client],
          owner_id: personOf(number, task.owner),
          kind: 'huddle-decision',
          task: 'update-plan',
          due_on: dayFrom(set, task.days),
          state: task.open ? 'open' : 'done',
        },
        task.open,
      ),
    ),
  ];
}

/** Who serves: the person asked, or who took it for the team, or who tracks the partner. */
export function serverOf(referral: DataSet['referrals'][number]): Who | undefined {
  return referral.to === 'team' && ['draft', 'requested'].includes(referral.state) ? undefined : referral.server;
}

function referralRows({ number, set, clients }: Numbered): readonly Row[] {
  return set.referrals.map((referral, index) => {
    const server = serverOf(referral);
    return {
      id: idOf(number, kinds.referral, index),
      client_id: clients[referral.client],
      requester_id: personOf(number, referral.requester),
      to_person_id: referral.to === 'person' ? personOf(number, referral.server) : null,
      to_team_id: referral.to === 'team' ? teamIdOf(number, teamOf[referral.server]) : null,
      to_partner_id: referral.to === 'partner' ? 'home-start' : null,
      receiver_id: server === undefined ? null : personOf(number, server),
      state: referral.state,
      urgency: 'routine',
      due_at: referral.hours === null ? null : momentFrom(set, referral.hours),
      created_at: momentFrom(set, -2_000),
      version: 1,
    };
  });
}

/** The step that led to its state, and what was said since. */
function eventRows({ number, set }: Numbered): readonly Row[] {
  return set.referrals.flatMap((referral, index) => {
    const requester = personOf(number, referral.requester);
    const server = personOf(number, serverOf(referral) ?? 'lead');
    const event = (nth: number, actor: string, step: string, from: string | null): Row => ({
      id: idOf(number, kinds.event, index * 4 + nth),
      referral_id: idOf(number, kinds.referral, index),
      at: momentFrom(set, -1_000 + nth),
      actor,
      step,
      from_state: from,
      to_state: referral.state,
    });
    const { said } = referral;
    return [
      event(0, referral.changedBy === 'requester' ? requester : server, 'changed', null),
      ...(said === 'nothing' ? [] : [event(1, server, 'ask', referral.state)]),
      ...(said === 'answered' ? [event(2, requester, 'tell', referral.state)] : []),
    ];
  });
}

function escalationRows({ number, set, clients }: Numbered): readonly Row[] {
  return set.escalations.map((one, index) => {
    const taken = one.state !== 'raised';
    const ended = one.state === 'resolved';
    return {
      id: idOf(number, kinds.escalation, index),
      client_id: clients[one.client],
      team_id: teamIdOf(number, 'home'),
      severity: one.severity,
      reason: 'other',
      raised_by: personOf(number, 'me'),
      raised_at: momentFrom(set, one.raised),
      state: one.state,
      policy: {
        steps: [{ after: 0, tell: ['owner'] }],
        acknowledgedFor: 60,
        needsTwo: false,
        repeatEvery: 15,
        run: 1,
        startedAt: momentFrom(set, one.raised),
        at: [momentFrom(set, one.hours)],
        nextAt: momentFrom(set, one.hours),
      },
      step: one.step,
      owner_id: personOf(number, one.owner),
      acknowledged_by: taken ? personOf(number, one.owner) : null,
      acknowledged_at: taken ? momentFrom(set, -47) : null,
      expires_at: one.expires === null ? null : momentFrom(set, one.expires),
      late: false,
      outcome: ended ? 'contact-made' : null,
      disposition: ended ? 'safe' : null,
      resolved_by: ended ? personOf(number, one.owner) : null,
      resolved_at: ended ? set.at : null,
      version: 1,
    };
  });
}

function noticeRows({ number, set }: Numbered): readonly Row[] {
  return set.escalations.flatMap((one, index) =>
    [
      ...one.told.map((person) => ({ person, hours: one.raised, reason: 'duty' })),
      ...one.toldBefore.map((person) => ({ person, hours: one.raised - 1, reason: 'owner' })),
    ].map(({ person, hours: at, reason }, nth) => ({
      id: idOf(number, kinds.notice, index * 16 + nth),
      escalation_id: idOf(number, kinds.escalation, index),
      at: momentFrom(set, at),
      person_id: personOf(number, person),
      step: 1,
      reason,
      post_key: `${number}/${index}/${nth}`,
    })),
  );
}

async function writeRecommendations(
  write: Write,
  all: (rows: (one: Numbered) => readonly Row[]) => readonly Row[],
): Promise<void> {
  // One huddle for each: a client stands once on an agenda.
  const huddle = (number: number, index: number): string => idOf(number, 10, index);
  const item = (number: number, index: number): string => idOf(number, 11, index);
  await write(
    'huddle',
    all(({ number, set }) =>
      set.recommendations.map((_one, index) => ({
        id: huddle(number, index),
        team_id: teamIdOf(number, 'home'),
        rhythm: 'weekly',
        starts_at: set.at,
        minutes: 30,
        state: 'ended',
        started_at: set.at,
        ended_at: set.at,
        position: 0,
        version: 1,
      })),
    ),
  );
  await write(
    'huddle_item',
    all(({ number, set, clients }) =>
      set.recommendations.map((one, index) => ({
        id: item(number, index),
        huddle_id: huddle(number, index),
        position: 0,
        source: 'test',
        section: 'new',
        client_id: one.client === null ? null : clients[one.client],
        reason: 'new',
        since: dayFrom(set, 0),
        others: [],
        seconds: 0,
        state: 'waiting',
      })),
    ),
  );
  await write(
    'huddle_recommendation',
    all(({ number, set }) =>
      set.recommendations.map((one, index) => ({
        id: idOf(number, kinds.recommendation, index),
        huddle_id: huddle(number, index),
        item_id: item(number, index),
        kind: 'medication-review',
        made_by: personOf(number, 'mate'),
        made_at: set.at,
        to_id: personOf(number, one.to),
        due_on: dayFrom(set, one.days),
        state: one.state,
        answered_by: one.state === 'open' ? null : personOf(number, one.to),
        answered_at: one.state === 'open' ? null : set.at,
        version: 1,
      })),
    ),
  );
}
