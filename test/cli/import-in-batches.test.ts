import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Store } from '../../src/store/store.ts';
import { fixture, openCli, runOn, type Cli, type Outcome } from './open-cli.ts';

const header = 'Pt Name,DOB,MRN,Care Coordinator';
const coordinators = ['Maya Torres', 'Li Wei'];
/** A sheet of short names: what a name costs is not what this is about. */
const sheetOf = (count: number, ...more: string[]): string =>
  [
    header,
    ...Array.from({ length: count }, (_, index) => {
      const name = [...String(index)].map((digit) => 'abcdefghij'[Number(digit)] ?? '').join('');
      return `Q${name},1980-01-${String((index % 28) + 1).padStart(2, '0')},${index},${coordinators[index % 2] ?? ''}`;
    }),
    ...more,
    '',
  ].join('\n');

/** The database as a process has it that dies at its n-th transaction: what comes then, and later, never happens. */
function dyingAt(store: Store, transaction: number, error: Error = new Error('killed')): Store {
  let count = 0;
  return {
    ...store,
    inOrganisation: (organisation, work) => {
      count += 1;
      return count >= transaction ? Promise.reject(error) : store.inOrganisation(organisation, work);
    },
  };
}

const listSchema = z.object({
  running: z.boolean(),
  unfinished: z.array(z.object({ id: z.string(), row: z.number(), lastRow: z.number(), imported: z.number() })),
});

describe('a caseload comes in batch by batch', () => {
  let cli: Cli;
  beforeEach(async () => {
    cli = await openCli();
    await cli.run('apply', fixture('org.yaml'));
  });
  afterEach(() => cli.close());

  const unfinished = async (): Promise<z.infer<typeof listSchema>['unfinished']> =>
    listSchema.parse((await cli.run('import', 'list')).json).unfinished;
  const clients = (): Promise<number> => cli.store.inOrganisation('riverside', (tx) => tx.db.client.count());
  const told = (): Promise<{ destination: string }[]> =>
    cli.store.inOrganisation('riverside', (tx) =>
      tx.db.post.findMany({
        where: { kind: 'caseloads.imported' },
        select: { destination: true },
        orderBy: { destination: 'asc' },
      }),
    );
  /** Every client once: as many as there are rows remembered, and as many as there are on record. */
  const onceEach = (): Promise<readonly number[]> =>
    cli.store.inOrganisation('riverside', async (tx) => [
      await tx.db.client.count(),
      (await tx.db.importedRow.findMany({ select: { clientId: true }, distinct: ['clientId'] })).length,
      await tx.db.coordinatorAssignment.count(),
      await tx.db.auditEvent.count({ where: { verb: 'client.import' } }),
    ]);
  const imports = (file: string, store: Store = cli.store): Promise<Outcome> =>
    runOn(cli, store, 'import', 'caseload', file);
  /** Transactions before the first batch of so many rows: looking around, and looking up 250 rows at a time. */
  const before = (rows: number): number => 1 + Math.ceil(rows / 250);

  it('and one that was cut off is listed, taken up again, told of once, and has every row once', async () => {
    const file = await cli.file('sheet.csv', sheetOf(2_500));
    const cut = await imports(file, dyingAt(cli.store, before(2_500) + 3));
    expect(cut.exit).toBe(1);
    expect(await clients()).toBe(2_000);
    expect(await told()).toEqual([]);
    expect(await unfinished()).toMatchObject([{ row: 2_001, lastRow: 2_501, imported: 2_000 }]);
    const doctor = await cli.run('doctor');
    expect(doctor.exit).toBe(1);
    expect(doctor.text).toMatch(/look imports: interrupted: .* after row 2,001 of 2,501, 2,000 clients are in/);

    const again = await imports(file);
    expect(again).toMatchObject({
      exit: 0,
      json: { rows: 2_500, imported: 2_500, unchanged: 0, refused: [], resumedAfterRow: 2_001 },
    });
    expect(again.text).toContain('It was taken up after row 2,001');
    expect(await onceEach()).toEqual([2_500, 2_500, 2_500, 2_500]);
    expect(await told()).toEqual([{ destination: 'li' }, { destination: 'maya' }]);
    expect(await unfinished()).toEqual([]);
    expect((await cli.run('doctor')).text).toContain('imports: none into riverside is unfinished');
    expect((await imports(file)).json).toEqual({ rows: 2_500, imported: 0, unchanged: 2_500, refused: [] });
    expect(await told()).toHaveLength(2);
  });

  it('and people are told once when it dies between its last batch and telling them', async () => {
    const file = await cli.file('sheet.csv', sheetOf(2_500));
    await imports(file, dyingAt(cli.store, before(2_500) + 3 + 1));
    expect(await clients()).toBe(2_500);
    expect(await told()).toEqual([]);
    expect(await unfinished()).toMatchObject([{ row: 2_501, lastRow: 2_501, imported: 2_500 }]);
    cli.clock.advance(24 * 60 * 60 * 1_000);
    expect((await imports(file)).json).toMatchObject({ imported: 2_500, unchanged: 0, refused: [] });
    expect(await told()).toHaveLength(2);
    expect(await onceEach()).toEqual([2_500, 2_500, 2_500, 2_500]);
  });

  it('and a changed file is another import, and says so; the first can be left as it is', async () => {
    await imports(await cli.file('sheet.csv', sheetOf(2_500)), dyingAt(cli.store, before(2_500) + 2));
    const [first] = await unfinished();
    const other = await imports(await cli.file('other.csv', sheetOf(2_600)));
    expect(other.json).toMatchObject({ rows: 2_600, imported: 1_600, unchanged: 1_000, unfinished: [{ row: 1_001 }] });
    expect(other.text).toContain('This file is another than that of the import of 2026-11-23 14:00 UTC');
    expect(await onceEach()).toEqual([2_600, 2_600, 2_600, 2_600]);

    expect(await cli.run('import', 'end', first?.id ?? '')).toMatchObject({ exit: 0, json: { imported: 1_000 } });
    expect(await unfinished()).toEqual([]);
    expect(await cli.run('import', 'end', first?.id ?? '')).toMatchObject({ exit: 1 });
  });

  it('and nothing of a file comes in that turns out unreadable at its end', async () => {
    const file = await cli.file('sheet.csv', sheetOf(2_500, '"left open,1980-01-01,9999,Maya Torres'));
    expect(await imports(file)).toMatchObject({ exit: 1, json: { refused: [{ row: 2_502, code: 'unclosed-quote' }] } });
    expect(await clients()).toBe(0);
    expect(await unfinished()).toEqual([]);
  });

  it('and two people of one name and birthday with two numbers are two clients, whatever batches they are in', async () => {
    const twin = ['Qa,1980-01-01,70001,Maya Torres', 'Qb,1980-01-02,70002,Li Wei'];
    const file = await cli.file('sheet.csv', sheetOf(1_200, ...twin));
    await imports(file, dyingAt(cli.store, before(1_202) + 2));
    expect(await clients()).toBe(1_000);
    expect((await imports(file)).json).toMatchObject({ rows: 1_202, imported: 1_202, refused: [] });
    expect(await onceEach()).toEqual([1_202, 1_202, 1_202, 1_202]);
  });

  it('and who became a client meanwhile, or left, is refused by row; the others are in', async () => {
    const file = await cli.file('sheet.csv', sheetOf(1_100));
    const other = await cli.file('other.csv', [header, 'Qbaff,1980-01-20,1055,Jon Reyes', ''].join('\n'));
    let count = 0;
    const store: Store = {
      ...cli.store,
      holdLock: () => Promise.resolve({ isLost: () => false, release: () => Promise.resolve() }),
      inOrganisation: async (organisation, work) => {
        count += 1;
        if (count === before(1_100) + 2) {
          cli.clock.advance(60_000);
          await imports(other);
          await cli.store.inOrganisation('riverside', (tx) =>
            tx.db.person.updateMany({ where: { id: 'maya' }, data: { active: false } }),
          );
        }
        return cli.store.inOrganisation(organisation, work);
      },
    };
    const { json } = await imports(file, store);
    const { imported, refused } = z
      .object({ imported: z.number(), refused: z.array(z.object({ row: z.number(), code: z.string() })) })
      .parse(json);
    expect(imported).toBe(1_000 + 49);
    expect(refused.filter(({ code }) => code === 'client-exists')).toEqual([{ row: 1_057, code: 'client-exists' }]);
    expect(refused.filter(({ code }) => code === 'unknown-coordinator')).toHaveLength(50);
  });

  it('and a second one into the organisation says that one is going on, and changes nothing', async () => {
    const file = await cli.file('sheet.csv', sheetOf(5));
    const lock = await cli.store.holdLock('import/riverside');
    expect(listSchema.parse((await cli.run('import', 'list')).json).running).toBe(true);
    expect(await imports(file)).toMatchObject({
      exit: 1,
      text: 'Another import into this organisation is going on. Nothing was changed; run this when it has ended (baton import list).',
    });
    expect(await clients()).toBe(0);
    expect((await cli.run('import', 'caseload', file, '--dry-run')).exit).toBe(0);
    await lock?.release();
    expect((await imports(file)).exit).toBe(0);
  });

  it.each([
    [
      '57014',
      'The database took longer than a minute for one step, and gave it up. Nothing of rows 1,002–2,001 was saved.',
    ],
    ['53100', 'The disk of the database is full. Nothing of rows 1,002–2,001 was saved.'],
    ['57P01', 'The database was stopped while it was at work. It happened while rows 1,002–2,001 were saved:'],
  ])('and the database’s failure %s is named with its rows, and no address is blamed', async (code, says) => {
    const file = await cli.file('sheet.csv', sheetOf(2_500));
    const failure = Object.assign(new Error('canceling statement due to "Qaaa"'), { code });
    const { exit, text } = await imports(file, dyingAt(cli.store, before(2_500) + 2, failure));
    expect(exit).toBe(1);
    expect(text).toContain(says);
    expect(text).toContain('1,000 clients are in.');
    expect(text).toContain('Run the same command again to go on from there.');
    expect(text).not.toMatch(/DATABASE_URL|Qaaa/);
  });

  it('and whoever waits sees how far it is', async () => {
    const seen: string[] = [];
    const file = await cli.file('sheet.csv', sheetOf(1_500));
    await runOn(
      {
        ...cli,
        progress: (what, total) => ({
          to: (done) => seen.push(`${what} ${done} of ${total}`),
          end: () => seen.push(`${what} is done`),
        }),
      },
      cli.store,
      'import',
      'caseload',
      file,
    );
    expect(seen).toEqual([
      ...[250, 500, 750, 1_000, 1_250, 1_500].map((done) => `Checking ${done} of 1500`),
      'Checking is done',
      'Importing 1000 of 1500',
      'Importing 1500 of 1500',
      'Importing is done',
    ]);
  });
});
