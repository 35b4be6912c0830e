import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallClock } from '../../src/clock.ts';
import { randomIds } from '../../src/ids.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import type { OrganisationTransaction } from '../../src/store/transaction.ts';
import { createDatabase, type TestDatabase } from '../helpers/database.ts';

describe('a transaction', () => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await createDatabase();
    store = openStore({ url: database.url, masterKey: new Uint8Array(32), clock: wallClock, ids: randomIds });
    await store.createOrganisation({ id: 'one', name: 'One' });
    await store.createOrganisation({ id: 'two', name: 'Two' });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });
  const addPartner = (tx: OrganisationTransaction, id: string): void =>
    tx.db.$writeRaw`insert into partner (organisation_id, id, name, kind, routes)
                    values (${tx.organisation}, ${id}, ${id}, 'clinic', '[]')`;
  const partners = (organisation = 'one'): Promise<string[]> =>
    store.inOrganisation(organisation, async (tx) =>
      (await tx.db.$queryRaw<{ id: string }[]>`select id from partner order by id`).map(({ id }) => id),
    );

  it('keeps what was written without waiting', async () => {
    await store.inOrganisation('one', async (tx) => {
      addPartner(tx, 'kept-a');
      addPartner(tx, 'kept-b');
    });
    expect(await partners()).toEqual(expect.arrayContaining(['kept-a', 'kept-b']));
  });

  it('fails with the first thing that went wrong, though nobody waited for it, and keeps nothing', async () => {
    const done = store.inOrganisation('one', async (tx) => {
      addPartner(tx, 'twice');
      addPartner(tx, 'twice');
      await tx.db.$queryRaw`select 1`;
    });
    await expect(done).rejects.toMatchObject({ code: '23505' });
    expect(await partners()).not.toContain('twice');
  });

  it('fails at the commit when nothing came after what went wrong', async () => {
    const done = store.inOrganisation('one', async (tx) => {
      addPartner(tx, 'late');
      addPartner(tx, 'late');
    });
    await expect(done).rejects.toMatchObject({ code: '23505' });
    expect(await partners()).not.toContain('late');
  });

  it('is not taken for kept when its work swallowed a failure', async () => {
    const done = store.inOrganisation('one', async (tx) => {
      addPartner(tx, 'swallowed');
      await tx.db.$queryRaw`select 1 / 0`.catch(() => undefined);
    });
    await expect(done).rejects.toThrow('a statement of the transaction failed');
    expect(await partners()).not.toContain('swallowed');
  });

  it('says what its work says when the work itself failed', async () => {
    const done = store.inOrganisation('one', async (tx) => {
      addPartner(tx, 'refused');
      throw new RangeError('not like this');
    });
    await expect(done).rejects.toThrow('not like this');
    expect(await partners()).not.toContain('refused');
  });

  it('leaves its connection as if it had never been there', async () => {
    for (let time = 0; time < 15; time += 1) {
      await store.inOrganisation('one', (tx) => tx.db.$queryRaw`select nonsense from nowhere`).catch(() => undefined);
    }
    expect(await partners('two')).toEqual([]);
    expect(
      await store.asWorker((db) => db.$queryRaw`select current_setting('baton.organisation', true) as left`),
    ).not.toEqual([{ left: 'one' }]);
  });

  it('is closed to whoever comes after its end', async () => {
    const left = await store.inOrganisation('one', async (tx) => ({ tx }));
    await expect(left.tx.db.$queryRaw`select 1`).rejects.toThrow('over');
    await expect(left.tx.db.partner.findMany()).rejects.toThrow('over');
    expect(() => addPartner(left.tx, 'after')).toThrow('over');
    expect(await partners()).not.toContain('after');
  });

  it('is one for models and for tagged SQL: each sees the other, and both are undone together', async () => {
    await store.inOrganisation('one', async (tx) => {
      addPartner(tx, 'by-sql');
      const where = { organisationId: 'one', id: { in: ['by-sql', 'by-model'] } };
      expect(await tx.db.partner.count({ where })).toBe(1);
      await tx.db.partner.create({
        data: { organisationId: 'one', id: 'by-model', name: 'x', kind: 'clinic', routes: [] },
      });
      expect(await tx.db.$queryRaw`select id from partner where id like 'by-%' order by id`).toEqual([
        { id: 'by-model' },
        { id: 'by-sql' },
      ]);
    });
    expect(await partners()).toEqual(expect.arrayContaining(['by-model', 'by-sql']));
    const undone = store.inOrganisation('one', async (tx) => {
      await tx.db.partner.create({
        data: { organisationId: 'one', id: 'undone', name: 'x', kind: 'clinic', routes: [] },
      });
      throw new RangeError('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await partners()).not.toContain('undone');
  });

  it('keeps models of many at once apart, each in its own organisation', async () => {
    const seen = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        store
          .inOrganisation(index % 2 === 0 ? 'one' : 'two', async (tx) => {
            const before = await tx.db.organisation.findMany({ select: { id: true } });
            await tx.db.partner.create({
              data: { organisationId: tx.organisation, id: `many-${index}`, name: 'x', kind: 'clinic', routes: [] },
            });
            if (index % 3 === 0) throw new RangeError('undone');
            return before;
          })
          .then(
            (rows) => rows.map(({ id }) => id).join(),
            () => 'undone',
          ),
      ),
    );
    seen.forEach((who, index) => expect(who).toBe(index % 3 === 0 ? 'undone' : index % 2 === 0 ? 'one' : 'two'));
    const kept = [...(await partners('one')), ...(await partners('two'))].filter((id) => id.startsWith('many-'));
    expect(kept).toHaveLength(16);
    expect((await partners('one')).every((id) => !id.startsWith('many-') || Number(id.slice(5)) % 2 === 0)).toBe(true);
  });

  it('gathers what is left for its end, and does it only when the work went well', async () => {
    await store.inOrganisation('one', async (tx) => tx.beforeCommit(() => addPartner(tx, 'at-the-end')));
    expect(await partners()).toContain('at-the-end');
    const failed = store.inOrganisation('one', async (tx) => {
      tx.beforeCommit(() => addPartner(tx, 'never'));
      throw new RangeError('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await partners()).not.toContain('never');
  });
});
