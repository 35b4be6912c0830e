import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logContact } from '../../src/care/contacts/log-contact.ts';
import { undoContact } from '../../src/care/contacts/correct-contact.ts';
import { findClient } from '../../src/care/clients/records.ts';
import { startPersonal } from '../../src/care/digests/start-digest.ts';
import { planTask } from '../../src/care/follow-ups/plan-task.ts';
import type { Work } from '../../src/feature/feature.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { isTransient } from '../../src/store/transient-error.ts';
import { fixture, openCli, type Cli } from '../cli/open-cli.ts';
import { askOf } from './digest-asks.ts';
import { awaitFollower } from '../helpers/await-follower.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

/** A client as the tables have it. */
interface Known {
  readonly id: string;
  readonly code: string;
  readonly coordinator: string;
}
let cli: Cli;
let clients: readonly Known[];

const inRiverside = <T>(act: (work: Work) => Promise<T>): Promise<T> =>
  cli.store.inOrganisation('riverside', (tx) =>
    act(askOf(tx, cli.clock.now(), { person: 'dana', roles: ['supervisor'] })),
  );

beforeAll(async () => {
  cli = await openCli();
  await cli.run('apply', fixture('org.yaml'));
  await cli.run('import', 'caseload', fixture('caseload.csv'));
  clients = await inRiverside(
    ({ tx }) => tx.db.$queryRaw<Known[]>`
      select c.id::text as id, c.code, a.person_id as coordinator
      from client c join coordinator_assignment a on a.client_id = c.id and a.ended_at is null
      where c.status = 'active' order by c.code`,
  );
});
afterAll(() => cli.close());

const clientAt = (index: number): Known => {
  const client = clients[index];
  if (client === undefined) throw new Error('the sheet has fewer clients');
  return client;
};

/** How many follow-ups there are, and those that say anything else than their client does. */
async function countStrays({ db }: OrganisationTransaction): Promise<{ all: number; strays: number }> {
  const [found] = await db.$queryRaw<{ all: number; strays: number }[]>`
    select count(*)::int as "all", count(*) filter (where
             (f.client_code, f.client_tier, f.client_status) is distinct from (c.code, c.tier, c.status))::int as strays
    from follow_up f join client c on c.organisation_id = f.organisation_id and c.id = f.client_id`;
  return found ?? { all: 0, strays: 0 };
}
const said = (client: Known): Promise<readonly string[]> =>
  inRiverside(async ({ tx }) => {
    const rows = await tx.db.$queryRaw<{ said: string }[]>`
      select distinct client_code || ' ' || client_tier || ' ' || client_status as said
      from follow_up where client_id = ${client.id}::uuid`;
    return rows.map((row) => row.said);
  });
const change = ({ db }: OrganisationTransaction, { id }: Known, given: { tier: string; status?: string }) =>
  db.$executeRaw`
    update client set tier = ${given.tier}, status = coalesce(${given.status ?? null}, status) where id = ${id}::uuid`;

const log = (work: Work, { id }: Known) =>
  logContact(work, { client: { id }, mode: 'phone', outcome: 'reached', minutes: 10 });
async function plan(work: Work, { id, coordinator }: Known): Promise<string> {
  const client = await findClient(work.tx, id);
  if (client === undefined) throw new Error('the client is gone');
  return planTask(work, {
    kind: 'huddle-decision',
    task: 'update-plan',
    client,
    owner: coordinator,
    dueOn: '2026-11-20',
  });
}

describe('what a follow-up says of its client', () => {
  it('is the client’s own, whoever opens, closes or opens it again: the import, a log, an undo, a huddle', async () => {
    expect(await inRiverside(({ tx }) => countStrays(tx))).toMatchObject({ strays: 0 });
    const seen = await inRiverside(async (work) => {
      const before = await countStrays(work.tx);
      const { contact } = await log(work, clientAt(0));
      const logged = await countStrays(work.tx);
      await undoContact(work, contact);
      await plan(work, clientAt(0));
      return [before, logged, await countStrays(work.tx)];
    });
    const all = seen[0]?.all ?? 0;
    expect(all).toBeGreaterThan(100);
    expect(seen).toEqual([all, all + 1, all + 2].map((each) => ({ all: each, strays: 0 })));
  });

  it('follows every change of the client, on what is open and on what is done', async () => {
    const client = clientAt(1);
    await inRiverside((work) => log(work, client));
    for (const [tier, status] of [
      ['high', 'active'],
      ['maintenance', 'relapse-prevention'],
      ['low', 'discharged'],
    ] as const) {
      await inRiverside(({ tx }) => change(tx, client, { tier, status }));
      expect(await said(client)).toEqual([`${client.code} ${tier} ${status}`]);
    }
    const { code } = clientAt(1);
    await inRiverside(({ tx }) => tx.db.$executeRaw`update client set code = 'ZZZZ-Z' where id = ${client.id}::uuid`);
    expect(await said(client)).toEqual(['ZZZZ-Z low discharged']);
    await inRiverside(({ tx }) => tx.db.$executeRaw`update client set code = ${code} where id = ${client.id}::uuid`);
    expect(await inRiverside(({ tx }) => countStrays(tx))).toMatchObject({ strays: 0 });
  });

  it('puts a digest in the new order, and takes away who is served no more', async () => {
    const [first, second] = [clientAt(2), clientAt(3)];
    const begin = () =>
      inRiverside(async ({ tx }) => {
        await tx.db.$executeRaw`
          update follow_up set owner_id = 'bea', due_on = '2026-11-23'
          where state = 'open' and client_id in (${first.id}::uuid, ${second.id}::uuid)`;
        const digest = await startPersonal(askOf(tx, cli.clock.now(), { person: 'bea', roles: ['billing'] }), 'bea');
        return [digest.counts.today, ...digest.first.map((item) => `${item.code} ${item.tier}`)];
      });
    await inRiverside(async ({ tx }) => {
      await change(tx, first, { tier: 'low' });
      await change(tx, second, { tier: 'medium' });
    });
    expect(await begin()).toEqual([2, `${second.code} medium`, `${first.code} low`]);
    await inRiverside(({ tx }) => change(tx, first, { tier: 'high' }));
    expect(await begin()).toEqual([2, `${first.code} high`, `${second.code} medium`]);
    await inRiverside(({ tx }) => change(tx, first, { tier: 'high', status: 'discharged' }));
    expect(await begin()).toEqual([1, `${second.code} medium`]);
  });

  it('can be written otherwise by nobody', async () => {
    const client = clientAt(4);
    const refused = { code: '23503' };
    const write = (act: (tx: OrganisationTransaction) => Promise<unknown>) => inRiverside(({ tx }) => act(tx));
    await expect(
      write(
        (tx) => tx.db.$executeRaw`update follow_up set client_status = 'paused' where client_id = ${client.id}::uuid`,
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      write(
        (tx) => tx.db.$executeRaw`
          insert into follow_up (organisation_id, id, client_id, client_code, client_tier, client_status, owner_id, kind,
                                 due_on, zone, created_at)
          select organisation_id, ${tx.ids.uuid()}::uuid, id, '0000-0', tier, status, 'maya', 'other', '2026-11-23', 'UTC',
                 now() from client where id = ${client.id}::uuid`,
      ),
    ).rejects.toMatchObject(refused);
    await expect(
      write(
        (tx) => tx.db.$executeRaw`
          insert into follow_up (organisation_id, id, client_id, owner_id, due_on, zone, created_at)
          values ('riverside', ${tx.ids.uuid()}::uuid, ${tx.ids.uuid()}::uuid, 'maya', '2026-11-23', 'UTC', now())`,
      ),
    ).rejects.toMatchObject({ code: '23502' });
  });
});

describe('a client who changes while something is written for them', () => {
  it('is told as changed by a follow-up that was planned meanwhile', async () => {
    const client = clientAt(5);
    let planned: Promise<unknown> = Promise.resolve();
    await inRiverside(async ({ tx }) => {
      await change(tx, client, { tier: 'maintenance' });
      planned = inRiverside((work) => plan(work, client));
      await awaitFollower(tx);
    });
    await planned;
    expect(await said(client)).toEqual([`${client.code} maintenance active`]);
  });

  it('takes a follow-up along that is not committed yet', async () => {
    const client = clientAt(6);
    let changed: Promise<unknown> = Promise.resolve();
    await inRiverside(async (work) => {
      await plan(work, client);
      changed = inRiverside(({ tx }) => change(tx, client, { tier: 'maintenance' }));
      await awaitFollower(work.tx);
    });
    await changed;
    expect(await said(client)).toEqual([`${client.code} maintenance active`]);
  });

  it('leaves nothing but failures that are right to try again, whatever happens at one time', async () => {
    const act = fc.record({
      does: fc.constantFrom('log' as const, 'plan' as const, 'change' as const),
      client: fc.integer({ min: 7, max: 8 }),
      tier: fc.constantFrom('high', 'medium', 'low', 'maintenance'),
    });
    type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
    let tries = 0;
    const run = async (one: Act): Promise<void> => {
      for (;;) {
        tries += 1;
        try {
          await inRiverside(async (work): Promise<unknown> => {
            const client = clientAt(one.client);
            if (one.does === 'log') return log(work, client);
            return one.does === 'plan' ? plan(work, client) : change(work.tx, client, one);
          });
          return;
        } catch (error) {
          if (!isTransient(error)) throw error;
        }
      }
    };
    let acts = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 8 }), async (list) => {
        acts += list.length;
        await Promise.all(list.map(run));
        expect(await inRiverside(({ tx }) => countStrays(tx))).toMatchObject({ strays: 0 });
      }),
      { numRuns: propertyRuns.dataSets },
    );
    expect(tries).toBeGreaterThanOrEqual(acts);
  });
});
