import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fixture, openCli, type Cli } from './open-cli.ts';

let cli: Cli;
beforeEach(async () => {
  cli = await openCli();
});
afterEach(() => cli.close());

/** A second organisation of the same shape, in workspaces of its own. */
async function applyBoth(): Promise<void> {
  const text = await readFile(fixture('org.yaml'), 'utf8');
  const other = text
    .replace('id: riverside', 'id: lakeside')
    .replace('T0RIVER', 'T0LAKE')
    .replace('7b6a2f3e-0000-4000-8000-00000000a001', '7b6a2f3e-0000-4000-8000-00000000a002');
  expect((await cli.run('apply', fixture('org.yaml'))).exit).toBe(0);
  expect((await cli.run('apply', await cli.file('lakeside.yaml', other))).exit).toBe(0);
}

describe('baton with no organisation yet', () => {
  it('says what to run first', async () => {
    expect(await cli.run('export', 'caseload')).toMatchObject({
      exit: 1,
      text: 'There is no organisation yet. Make one first: baton apply ORG.yaml',
    });
    const { exit, text } = await cli.run('doctor');
    expect(exit).toBe(1);
    expect(text).toContain('look organisation: none yet: baton apply ORG.yaml');
  });
});

describe('baton with several organisations', () => {
  it('wants to be told which one', async () => {
    await applyBoth();
    expect(await cli.run('export', 'caseload')).toMatchObject({
      exit: 2,
      text: 'There are several organisations. Name one: --organisation ID',
    });
    expect((await cli.run('import', 'caseload', fixture('caseload.csv'))).exit).toBe(2);
  });

  it('works on the one that is named, and on that one only', async () => {
    await applyBoth();
    await cli.run('import', 'caseload', fixture('caseload.csv'), '--organisation', 'lakeside');
    const rows = async (organisation: string): Promise<unknown> =>
      (await cli.run('export', 'caseload', '--json', '--organisation', organisation)).json;
    expect(await rows('lakeside')).toHaveLength(173);
    expect(await rows('riverside')).toEqual([]);
  });

  it('refuses one that is not there', async () => {
    await applyBoth();
    expect(await cli.run('export', 'caseload', '--organisation', 'seaside')).toMatchObject({
      exit: 1,
      text: 'There is no organisation of that id here.',
    });
  });

  it('never gives one’s workspace to another', async () => {
    await cli.run('apply', fixture('org.yaml'));
    const text = (await readFile(fixture('org.yaml'), 'utf8')).replace('id: riverside', 'id: thief');
    const { exit, json } = await cli.run('apply', await cli.file('thief.yaml', text));
    expect(exit).toBe(1);
    expect(json).toEqual({
      refused: [{ path: 'workspaces', problem: 'a workspace of this file belongs to another organisation' }],
    });
    expect(await cli.store.organisations()).toEqual(['riverside']);
  });
});

describe('baton doctor', () => {
  it('finds nothing to look at where all is well', async () => {
    await cli.run('apply', fixture('org.yaml'));
    const { exit, text, json } = await cli.run('doctor');
    expect(exit).toBe(0);
    expect(text).toContain(
      'ok   database: answers, and its schema is current\nok   way to the database: does not leave this machine\nok   organisation: riverside',
    );
    const { checks } = z.object({ checks: z.array(z.looseObject({ ok: z.boolean() })) }).parse(json);
    expect(checks[0]).toEqual({ check: 'database', ok: true, says: 'answers, and its schema is current' });
    expect(checks.every(({ ok }) => ok)).toBe(true);
  });

  it('says that one URL leaves the service able to become the owner, which fails nothing', async () => {
    await cli.run('apply', fixture('org.yaml'));
    const { exit, text } = await cli.run('doctor');
    expect(exit).toBe(0);
    expect(text).toMatch(/^note logins: the service comes in by DATABASE_URL, whose login owns the tables/m);
  });

  it('wants to be asked about nothing in particular', async () => {
    expect((await cli.run('doctor', '--everything')).exit).toBe(2);
  });
});
