import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collectedFeatures } from '../../src/app.ts';
import { readCsv } from '../helpers/read-csv.ts';
import { aClient, enrol } from '../helpers/organisation.ts';
import { handOf, openWorld, type World } from '../helpers/world.ts';
import { runCommand, type Outcome } from './open-cli.ts';

const rowsSchema = z.array(z.record(z.string(), z.unknown()));
const day = 24 * 3_600_000;
let world: World;
const run = (...words: string[]): Promise<Outcome> =>
  runCommand(
    { store: world.store, features: collectedFeatures, clock: world.clock, database: { protection: 'local' } as const },
    words,
  );
const rowsOf = async (...words: string[]): Promise<z.infer<typeof rowsSchema>> => {
  const { exit, text } = await run('export', ...words, '--format', 'json');
  expect(exit).toBe(0);
  return rowsSchema.parse(JSON.parse(text));
};
const tableOf = async (...words: string[]): Promise<readonly (readonly string[])[]> => {
  const read = readCsv(new TextEncoder().encode((await run('export', ...words, '--format', 'csv')).text));
  if ('problem' in read) throw new Error(read.problem.code);
  return [read.header, ...read.records.map((record) => record.cells)];
};

describe('baton export', () => {
  beforeAll(async () => {
    world = await openWorld();
    await enrol(world.store, world.clock, [
      { ...aClient({ code: 'K7T2-9', name: 'Dan Dee' }), dueOn: '2026-11-23' },
      { ...aClient({ code: 'M4XR-1', name: 'Eve Elm', born: '1981-05-05' }), dueOn: '2026-11-24' },
    ]);
    await handOf(world, 'slack', 'maya').types('log K7T2-9 phone reached 15m fu +5d');
    // Five to midnight in New York, which is the next day in UTC: the day of a contact is the team's.
    world.clock.advance(15 * 3_600_000 - 5 * 60_000);
    await handOf(world, 'teams', 'jon').types('log M4XR-1 visit no-show');
    world.clock.advance(day);
    const maya = handOf(world, 'slack', 'maya');
    await maya.types('log K7T2-9 text left-message');
    await maya.presses('Undo');
  });
  afterAll(() => world.close());

  it('writes contacts with client by code, person by id and times in UTC, and marks what was taken back', async () => {
    expect(await rowsOf('contacts')).toEqual([
      {
        client: 'K7T2-9',
        by: 'maya',
        occurredAt: '2026-11-23T14:00:00.000Z',
        mode: 'phone',
        outcome: 'reached',
        minutes: 15,
        source: 'slack',
        charted: false,
      },
      {
        client: 'M4XR-1',
        by: 'jon',
        occurredAt: '2026-11-24T04:55:00.000Z',
        mode: 'visit',
        outcome: 'no-show',
        minutes: null,
        source: 'teams',
        charted: false,
      },
      {
        client: 'K7T2-9',
        by: 'maya',
        occurredAt: '2026-11-25T04:55:00.000Z',
        mode: 'text',
        outcome: 'left-message',
        minutes: null,
        source: 'slack',
        charted: false,
        retracted: true,
      },
    ]);
  });

  it.each([
    ['from one day on', ['--from', '2026-11-24'], ['text']],
    ['up to one day', ['--to', '2026-11-23'], ['phone', 'visit']],
    ['of one day', ['--from', '2026-11-23', '--to', '2026-11-23'], ['phone', 'visit']],
    ['of days nothing happened on', ['--from', '2026-11-26', '--to', '2026-11-30'], []],
  ])('writes contacts %s, by the team’s own days', async (_name, range, modes) => {
    expect((await rowsOf('contacts', ...range)).map((row) => row['mode'])).toEqual(modes);
  });

  it('writes the caseload with who, where, how it stands and what is due', async () => {
    expect(await rowsOf('caseload')).toEqual([
      { client: 'K7T2-9', coordinator: 'maya', team: 'east', status: 'active', tier: 'medium', nextDue: '2026-11-28' },
      {
        client: 'M4XR-1',
        coordinator: 'maya',
        team: 'east',
        status: 'active',
        tier: 'medium',
        nextDue: expect.stringMatching(/^2026-1[12]-\d\d$/),
      },
    ]);
  });

  it('writes the audit trail in its order, each row with its hash', async () => {
    const rows = await rowsOf('audit');
    const logs = rows.filter((row) => String(row['verb']).startsWith('contact.'));
    expect(logs.map((row) => [row['verb'], row['actor'], row['client']])).toEqual([
      ['contact.log', 'maya', 'K7T2-9'],
      ['contact.log', 'jon', 'M4XR-1'],
      ['contact.log', 'maya', 'K7T2-9'],
      ['contact.retract', 'maya', 'K7T2-9'],
    ]);
    for (const row of rows) expect(row['hash']).toMatch(/^[0-9a-f]{64}$/);
    const times = rows.map((row) => String(row['at']));
    expect(times).toEqual([...times].sort());
  });

  it('writes the same rows as a table', async () => {
    for (const what of ['contacts', 'caseload', 'audit']) {
      const [header = [], ...records] = await tableOf(what);
      const rows = await rowsOf(what);
      // Each export is on record itself, so the audit has one row more by now.
      expect(rows.length, what).toBe(records.length + (what === 'audit' ? 1 : 0));
      if (what === 'audit') rows.pop();
      rows.forEach((row, index) => {
        for (const [column, value] of Object.entries(row)) {
          const expected = value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
          expect(records[index]?.[header.indexOf(column)], `${what} ${column}`).toBe(expected);
        }
      });
    }
  });

  it('holds no name, birth date or phone of a client', async () => {
    const said = JSON.stringify([
      await run('export', 'contacts'),
      await run('export', 'caseload'),
      await run('export', 'audit'),
    ]);
    for (const word of ['Dan', 'Dee', 'Eve', 'Elm', '1974-03-01', '1981-05-05', '555-0101'])
      expect(said).not.toContain(word);
  });

  it.each([
    [['names']],
    [[]],
    [['contacts', 'caseload']],
    [['contacts', '--format', 'xlsx']],
    [['contacts', '--from', '23/11/2026']],
    [['contacts', '--to', '2026-02-30']],
    [['contacts', '--since', '2026-11-23']],
  ])('calls %j wrong usage', async (words) => {
    expect((await run('export', ...words)).exit).toBe(2);
  });

  it('writes the same header for every table whatever stands in it, and nothing that is not under it', async () => {
    for (const [name, { columns }] of collectedFeatures.exports) {
      const [full, none] = [await tableOf(name), await tableOf(name, '--from', '2001-01-01', '--to', '2001-01-02')];
      expect(full[0], name).toEqual(columns);
      // A caseload is as it is today: it has no days.
      if (name !== 'caseload') expect(none, name).toEqual([columns]);
      for (const row of await rowsOf(name)) expect(columns, name).toEqual(expect.arrayContaining(Object.keys(row)));
    }
  });
});
