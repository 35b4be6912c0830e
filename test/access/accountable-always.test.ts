import { byCommandLine } from '../../src/doer.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applyOrganisation } from '../../src/access/apply-organisation.ts';
import { withDepartures } from '../../src/feature/end-access.ts';
import type { OrganisationFile } from '../../src/access/organisation-file.ts';
import { collectedFeatures } from '../../src/app.ts';
import { createSystemWork } from '../../src/feature/create-system-work.ts';
import { handleLifecycle } from '../../src/dispatch/handle-lifecycle.ts';
import { createPushableClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { outboxOfTables } from '../../src/schedule/outbox-of-tables.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { isTransient } from '../../src/store/transient-error.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';
import { aClient, applyFile, enrol, readSample } from '../helpers/organisation.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

/** Whoever comes and goes here; Otto, the administrator, always stays. */
const people = ['maya', 'jon', 'sara', 'dana', 'keisha', 'li', 'tom'] as const;
type Person = (typeof people)[number];

/** Something that happens, alone or at the same moment as others. */
type Act =
  | { readonly does: 'leaves' | 'returns'; readonly who: Person }
  | { readonly does: 'applies'; readonly away: readonly Person[] }
  | { readonly does: 'enrols' | 'plans' | 'refers'; readonly who: Person; readonly whom: Person };

const person = fc.constantFrom(...people);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('leaves' as const), who: person }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('returns' as const), who: person }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('applies' as const), away: fc.subarray([...people]) }) },
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constantFrom('enrols' as const, 'plans', 'refers'), who: person, whom: person }),
  },
);

describe('at every instant one human who works here answers for everything', () => {
  const clock = createPushableClock({ start: new Date('2026-11-23T14:00:00Z'), frozen: true });
  let database: TestDatabase;
  let store: Store;
  let file: OrganisationFile;
  let made = 0;
  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32).fill(5), clock, ids: randomIds });
    file = await readSample();
    await applyFile(store, file, clock);
  });
  beforeEach(async () => {
    for (const who of people) await run({ does: 'returns', who });
    await run({ does: 'applies', away: [] });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const inOrganisation = async (act: (tx: OrganisationTransaction) => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        return await store.inOrganisation('riverside', act);
      } catch (error) {
        // What the service does as well: two transactions met.
        if (!isTransient(error)) throw error;
      }
    }
  };
  const isHere = async (tx: OrganisationTransaction, id: string): Promise<boolean> =>
    (await tx.db.person.findFirstOrThrow({ where: { id } })).active;
  const accountOf = (id: string): { workspace: string; user: string } => {
    const identity = file.people.find((one) => one.id === id)?.identities[0];
    return { workspace: identity?.workspace ?? '', user: identity?.user ?? '' };
  };

  async function run(one: Act): Promise<void> {
    switch (one.does) {
      case 'leaves':
      case 'returns': {
        const { workspace, user } = accountOf(one.who);
        const told = {
          platform: 'slack',
          user,
          workspace,
          place: { id: '', kind: 'direct' },
          now: clock.now(),
        } as const;
        const what = { kind: 'user-changed', active: one.does === 'returns' } as const;
        const ports = { features: collectedFeatures, outbox: outboxOfTables, privacy: 'minimal', clock } as const;
        return inOrganisation((tx) => handleLifecycle(tx, told, what, ports));
      }
      case 'applies':
        return inOrganisation(async (tx) => {
          const now = clock.now();
          const wanted = file.people.map((row) => ({ ...row, active: !one.away.some((away) => away === row.id) }));
          const ports = { features: collectedFeatures, outbox: outboxOfTables, privacy: 'minimal', now } as const;
          const work = await createSystemWork(tx, ports);
          await withDepartures(work, { reason: 'organisation-file', by: byCommandLine }, async () => {
            await applyOrganisation(tx, { ...file, people: wanted }, { actor: byCommandLine, now });
          });
        });
      case 'enrols':
      case 'plans':
      case 'refers':
        return inOrganisation((tx) => give(tx, one));
    }
  }

  /** What use cases do: they look who is there, and give something to them a moment later. */
  async function give(tx: OrganisationTransaction, one: Extract<Act, { whom: Person }>): Promise<void> {
    if (!(await isHere(tx, one.whom)) || !(await isHere(tx, one.who))) return;
    made += 1;
    const [known] = await tx.db.client.findMany({ take: 1, skip: made % 3, orderBy: { code: 'asc' } });
    const now = clock.now();
    if (one.does === 'enrols' || known === undefined) {
      // `enrol` opens a transaction of its own; the row itself is what matters here.
      const client = await tx.db.client.findFirst({ where: { code: known?.code ?? '' } });
      if (client === null) return;
      await tx.db.$executeRaw`
        update coordinator_assignment set ended_at = ${now}
        where organisation_id = 'riverside' and client_id = ${client.id}::uuid and ended_at is null`;
      await tx.db.$executeRaw`
        insert into coordinator_assignment (organisation_id, id, client_id, person_id, started_at)
        values ('riverside', ${tx.ids.uuid()}::uuid, ${client.id}::uuid, ${one.whom}, ${now})`;
      return;
    }
    if (one.does === 'plans') {
      await tx.db.$executeRaw`
        insert into follow_up (organisation_id, id, client_id, owner_id, kind, due_on, zone, created_at)
        values ('riverside', ${tx.ids.uuid()}::uuid, ${known.id}::uuid, ${one.whom}, ${`other-${made}`}, '2026-11-30', 'UTC', ${now})`;
      return;
    }
    await tx.db.$executeRaw`
      insert into referral (organisation_id, id, client_id, requester_id, to_person_id, receiver_id, state, urgency, due_at, created_at)
      values ('riverside', ${tx.ids.uuid()}::uuid, ${known.id}::uuid, ${one.who}, ${one.whom}, ${one.whom}, 'requested',
              'routine', ${now}, ${now})`;
  }

  /** Whatever nobody, or somebody who left, answers for. */
  const ownerless = (): Promise<readonly { readonly what: string }[]> =>
    store.inOrganisation(
      'riverside',
      (tx) => tx.db.$queryRaw<{ what: string }[]>`
        select 'client ' || c.code as what from client c
        where c.status in ('active', 'relapse-prevention', 'paused') and 1 <> (
          select count(*) from coordinator_assignment a
          join person p on p.organisation_id = a.organisation_id and p.id = a.person_id and p.active
          where a.organisation_id = c.organisation_id and a.client_id = c.id and a.ended_at is null)
        union all
        select 'follow-up of ' || f.owner_id from follow_up f
        join person p on p.organisation_id = f.organisation_id and p.id = f.owner_id and not p.active where f.state = 'open'
        union all
        select 'referral of ' || p.id from referral r
        join person p on p.organisation_id = r.organisation_id and p.id in (r.requester_id, r.receiver_id) and not p.active
        where r.state = 'requested'`,
    );

  it('what was decided before somebody left, and is written after, is refused as something to try again', async () => {
    const [client] = await enrol(store, clock, [aClient({ code: '0BEH-8', coordinator: 'maya', name: 'Hal Hay' })]);
    const writes: readonly ((tx: OrganisationTransaction) => Promise<unknown>)[] = [
      (tx) => tx.db.$executeRaw`
        insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, created_at)
        values ('riverside', ${tx.ids.uuid()}::uuid, ${client?.id}::uuid, 'sara', '2026-11-30', 'UTC', ${clock.now()})`,
      (tx) => tx.db.$executeRaw`
        insert into referral (organisation_id, id, client_id, requester_id, to_person_id, receiver_id, state, urgency, created_at)
        values ('riverside', ${tx.ids.uuid()}::uuid, ${client?.id}::uuid, 'maya', 'sara', 'sara', 'requested', 'routine', ${clock.now()})`,
      (tx) => tx.db.$executeRaw`
        insert into coordinator_assignment (organisation_id, id, client_id, person_id, started_at)
        values ('riverside', ${tx.ids.uuid()}::uuid, ${client?.id}::uuid, 'sara', ${clock.now()})`,
    ];
    for (const write of writes) {
      await run({ does: 'returns', who: 'sara' });
      await run({ does: 'applies', away: [] });
      const late = store.inOrganisation('riverside', async (tx) => {
        expect(await isHere(tx, 'sara')).toBe(true);
        await run({ does: 'leaves', who: 'sara' });
        await tx.db.$executeRaw`
          update coordinator_assignment set ended_at = ${clock.now()} where client_id = ${client?.id}::uuid and ended_at is null`;
        await write(tx);
      });
      await expect(late).rejects.toSatisfy(isTransient);
    }
    expect(await ownerless()).toEqual([]);
  });

  it('two of a referral who leave with one file both have an heir', async () => {
    const [client] = await enrol(store, clock, [aClient({ code: '1FQC-3', coordinator: 'maya', name: 'Ira Ives' })]);
    for (const [who, whom] of [
      ['jon', 'sara'],
      ['sara', 'jon'],
    ]) {
      await inOrganisation(async (tx) => {
        await tx.db.$executeRaw`
          insert into referral (organisation_id, id, client_id, requester_id, to_person_id, receiver_id, state, urgency, created_at)
          values ('riverside', ${tx.ids.uuid()}::uuid, ${client?.id}::uuid, ${who}, ${whom}, ${whom}, 'requested', 'routine', ${clock.now()})`;
      });
    }
    await run({ does: 'applies', away: ['jon', 'sara'] });
    expect(await ownerless()).toEqual([]);
  });

  it('whoever leaves, returns, is turned away by a file or is given something at the same moment', async () => {
    await enrol(store, clock, [
      { ...aClient({ code: 'K7T2-9', coordinator: 'jon' }), dueOn: '2026-11-23' },
      { ...aClient({ code: 'M4XR-1', coordinator: 'maya', name: 'Eve Elm' }), dueOn: '2026-11-23' },
      { ...aClient({ code: '05Q8-W', coordinator: 'keisha', team: 'west', name: 'Gus Gray' }), dueOn: '2026-11-23' },
    ]);
    let departures = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 8 }),
        async (steps) => {
          for (const together of steps) {
            clock.advance(60_000);
            await Promise.all(together.map(run));
            expect(await ownerless()).toEqual([]);
          }
          departures = await store.inOrganisation('riverside', (tx) => tx.db.departure.count());
        },
      ),
      { numRuns: propertyRuns.wholeWorlds, endOnFailure: true },
    );
    // The sequences did turn people away.
    expect(departures).toBeGreaterThan(5);
  });
});
