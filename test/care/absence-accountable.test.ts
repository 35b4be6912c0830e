import { requirePerson } from '../../src/access/actor.ts';
import { byPerson } from '../../src/doer.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listColleagues } from '../../src/access/records.ts';
import { collectedFeatures } from '../../src/app.ts';
import { comeBack, undoAbsence } from '../../src/care/absences/end-absence.ts';
import { setAbsence } from '../../src/care/absences/set-absence.ts';
import { logContact } from '../../src/care/contacts/log-contact.ts';
import { createWork } from '../../src/feature/create-work.ts';
import { createSystemWork } from '../../src/feature/create-system-work.ts';
import type { Work } from '../../src/feature/feature.ts';
import { handleLifecycle } from '../../src/dispatch/handle-lifecycle.ts';
import { addDaysToDate } from '../../src/calendar/local-dates.ts';
import { localDate } from '../../src/calendar/zones.ts';
import { Refusal } from '../../src/chat/refusal.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { outboxOfTables } from '../../src/schedule/outbox-of-tables.ts';
import { createTick } from '../../src/schedule/run-tick.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { isTransient } from '../../src/store/transient-error.ts';
import { awaitFollower } from '../helpers/await-follower.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

/** Whoever comes and goes; Otto, the administrator, always stays. */
const people = ['maya', 'jon', 'sara', 'dana'] as const;
type Person = (typeof people)[number];
const codes = ['K7T2-9', 'M4XR-1', '05Q8-W', '0BEH-8'] as const;

type Act =
  | { readonly does: 'away'; readonly who: Person; readonly in: number; readonly days: number }
  | { readonly does: 'back' | 'undo' | 'leaves' | 'returns'; readonly who: Person }
  | { readonly does: 'logs'; readonly who: Person; readonly code: (typeof codes)[number] };
const who = fc.constantFrom(...people);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('away' as const),
      who,
      in: fc.constantFrom(0, 0, 1),
      days: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('back' as const, 'undo'), who }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('leaves' as const, 'returns'), who }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('logs' as const), who, code: fc.constantFrom(...codes) }) },
);

describe('absences and the one who answers', () => {
  const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
  let database: TestDatabase;
  let store: Store;
  let tick: () => Promise<void>;
  let accounts: ReadonlyMap<string, { readonly workspace: string; readonly user: string }>;
  const ports = { features: collectedFeatures, outbox: outboxOfTables, privacy: 'minimal' } as const;
  const failures: string[] = [];
  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(5), clock, ids: randomIds });
    const file = await readSample();
    await applyFile(store, file, clock);
    accounts = new Map(
      file.people.flatMap(({ id, identities: [first] }) => (first === undefined ? [] : [[id, first] as const])),
    );
    const log = { info: () => undefined, warn: () => undefined, error: (event: string) => void failures.push(event) };
    tick = createTick({ ...ports, store, clock, log });
    await enrol(store, clock, [
      { ...aClient({ code: 'K7T2-9', tier: 'high' }), dueOn: '2026-11-23' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm' }), dueOn: '2026-11-23' },
      { ...aClient({ code: '05Q8-W', name: 'Gus Gray', coordinator: 'jon', tier: 'high' }), dueOn: '2026-11-24' },
      { ...aClient({ code: '0BEH-8', name: 'Hal Hay', coordinator: 'dana', tier: 'high' }), dueOn: '2026-11-25' },
    ]);
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  /** As the service does: what met another transaction is tried again; what is refused changes nothing. */
  async function as(person: string, act: (work: Work) => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        return await store.inOrganisation('riverside', async (tx) => {
          const work = await createSystemWork(tx, { ...ports, now: clock.now() });
          const actor = (await listColleagues(tx)).find(({ id }) => id === person);
          if (actor === undefined) return;
          const { id, name, team, roles } = actor;
          await act(
            createWork({
              ...{ features: ports.features, outbox: ports.outbox, tx, platform: 'slack' },
              ...{ now: work.now, reading: work.reading, privacy: work.privacy, place: work.place },
              actor: { ...work.actor, ...byPerson(id), name, team, roles, zone: 'America/New_York' },
            }),
          );
        });
      } catch (error) {
        if (error instanceof Refusal) return;
        if (!isTransient(error)) throw error;
      }
    }
  }

  const absenceOf = async (work: Work, ...states: readonly ('planned' | 'running')[]): Promise<string> =>
    (
      await work.tx.db.absence.findFirst({
        where: { personId: requirePerson(work.actor).person, state: { in: [...states] } },
      })
    )?.id ?? '';

  async function run(one: Act): Promise<void> {
    const today = localDate(clock.now(), 'America/New_York');
    switch (one.does) {
      case 'away': {
        const from = addDaysToDate(today, one.in);
        return as(one.who, (work) => setAbsence(work, { kind: 'sick', from, to: addDaysToDate(from, one.days) }));
      }
      case 'back':
        return as(one.who, async (work) => comeBack(work, await absenceOf(work, 'planned', 'running')));
      case 'undo':
        return as(one.who, async (work) => undoAbsence(work, await absenceOf(work, 'planned', 'running')));
      case 'logs':
        return as(one.who, (work) =>
          logContact(work, {
            client: { code: one.code },
            mode: 'phone',
            outcome: 'no-answer',
            minutes: undefined,
            nextOn: undefined,
            occurredOn: undefined,
          }),
        );
      case 'leaves':
      case 'returns': {
        const account = accounts.get(one.who);
        const told = {
          platform: 'slack',
          user: account?.user ?? '',
          workspace: account?.workspace ?? '',
          place: { id: '', kind: 'direct' },
          now: clock.now(),
        } as const;
        const what = { kind: 'user-changed', active: one.does === 'returns' } as const;
        return as('otto', (work) => handleLifecycle(work.tx, told, what, { ...ports, clock }));
      }
    }
  }

  /** What nobody who works here has, what has two, and what somebody away has although a colleague could. */
  const wrong = (): Promise<readonly { readonly what: string }[]> =>
    store.inOrganisation('riverside', async (tx) => {
      const now = clock.now();
      return tx.db.$queryRaw<{ what: string }[]>`
        select 'left: ' || f.owner_id as what from follow_up f
        join person p on p.organisation_id = f.organisation_id and p.id = f.owner_id
        where f.state = 'open' and not p.active
        union all
        select 'not one: ' || c.code from client c where 1 <> (
          select count(*) from follow_up f where f.client_id = c.id and f.state = 'open')
        union all
        select 'away: ' || f.owner_id || ' ' || c.code from follow_up f
        join client c on c.id = f.client_id and c.tier = 'high'
        join absence a on a.person_id = f.owner_id and a.state = 'running' and a.ends_at > ${now}
        where f.state = 'open' and f.due_on <= a.ends_on and exists (
          select 1 from person p where p.active and 'supervisor' = any(p.roles) and not exists (
            select 1 from absence o where o.person_id = p.id and o.starts_at <= ${now} and o.ends_at > ${now}))`;
    });

  /** Everybody works here, and nobody is away any more. */
  async function everybodyIsHere(): Promise<void> {
    await store.inOrganisation('riverside', async (tx) => {
      await tx.db.person.updateMany({ data: { active: true } });
      await tx.db.identity.updateMany({ data: { active: true } });
    });
    for (const who of people) {
      await as(who, async (work) => comeBack(work, await absenceOf(work, 'running')));
      await as(who, async (work) => undoAbsence(work, await absenceOf(work, 'planned')));
    }
  }

  it.each([
    ['goes as the one who can cover comes back', 'maya', 'dana'],
    ['has gone by the time the one who can cover, and comes back, looks', 'dana', 'maya'],
  ] as const)('whoever %s: what cannot wait is covered', async (_, first, second) => {
    await everybodyIsHere();
    await as('dana', (work) => setAbsence(work, { kind: 'sick' }));
    const acts: Readonly<Record<typeof first, (work: Work) => Promise<unknown>>> = {
      maya: (work) => setAbsence(work, { kind: 'sick' }),
      dana: async (work) => comeBack(work, await absenceOf(work, 'running')),
    };
    let other: Promise<void> = Promise.resolve();
    await as(first, async (work) => {
      await acts[first](work);
      other = as(second, acts[second]);
      await Promise.race([awaitFollower(work.tx), other]);
    });
    await other;
    expect(await wrong()).toEqual([]);
  });

  it('whoever is sick, comes back, undoes it, logs or leaves, alone or at once: one human who is there has each', async () => {
    let begun = 0;
    const steps = fc.array(
      fc.record({ together: fc.array(act, { minLength: 1, maxLength: 3 }), hours: fc.constantFrom(0, 1, 9, 26) }),
      { minLength: 4, maxLength: 9 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        await everybodyIsHere();
        for (const { together, hours } of list) {
          clock.advance(hours * 3_600_000 + 1_000);
          await tick();
          await Promise.all(together.map(run));
          expect(await wrong()).toEqual([]);
        }
        expect(failures).toEqual([]);
        begun = await store.inOrganisation('riverside', (tx) => tx.db.absence.count());
      }),
      { numRuns: propertyRuns.wholeWorlds, endOnFailure: true },
    );
    expect(begun).toBeGreaterThan(20);
  });
});
