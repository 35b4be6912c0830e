import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findPhones } from '../../src/access/phones.ts';
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

/** The sample, but for Dana's number. */
const withoutNumber = async (): Promise<string> =>
  cli.file('no-number.yaml', (await readFile(fixture('org.yaml'), 'utf8')).replace('phone: "+1 555 010 0127", ', ''));

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
    expect(text).toContain('ok   phones: every rung of riverside has a number to call');
  });

  it('says that one URL leaves the service able to become the owner, which fails nothing', async () => {
    await cli.run('apply', fixture('org.yaml'));
    const { exit, text } = await cli.run('doctor');
    expect(exit).toBe(0);
    expect(text).toMatch(/^note logins: the service comes in by DATABASE_URL, whose login owns the tables/m);
  });

  it('lists each rung of a ladder on which somebody stands without a number to call', async () => {
    await cli.run('apply', await withoutNumber());
    const { exit, text } = await cli.run('doctor');
    expect(exit).toBe(0);
    expect(text).toContain("no number to call (phone: in the organisation's file): east crisis 1: dana; ");
    expect(text).toContain('west urgent 2: dana');
  });

  it('applies a number sealed, names the person in a dry run and never the number', async () => {
    await cli.run('apply', await withoutNumber());
    const dry = await cli.run('apply', fixture('org.yaml'), '--dry-run');
    expect(dry.text).toContain('person dana: updated');
    expect((await cli.run('apply', fixture('org.yaml'))).text).toContain('person dana: updated');
    expect(JSON.stringify([dry, await cli.audit()])).not.toContain('010 0127');
    expect((await cli.run('apply', fixture('org.yaml'))).text).toContain('Nothing to change.');
    const stored = await cli.store.inOrganisation('riverside', async (tx) => ({
      sealed: await tx.db.$queryRaw<{ phone: Uint8Array }[]>`select phone from person where id = 'dana'`,
      open: await findPhones(tx, ['dana']),
    }));
    expect(Buffer.from(stored.sealed[0]?.phone ?? []).toString('latin1')).not.toContain('010 0127');
    expect(stored.open.get('dana')).toEqual({ readable: true, value: '+1 555 010 0127' });
    // Whoever has left is called by nobody.
    const left = (await readFile(fixture('org.yaml'), 'utf8')).replace('{ id: bea,', '{ id: bea, active: false,');
    await cli.run('apply', await cli.file('left.yaml', left));
    expect(await cli.store.inOrganisation('riverside', async (tx) => (await findPhones(tx)).has('bea'))).toBe(false);
  });

  it('wants to be asked about nothing in particular', async () => {
    expect((await cli.run('doctor', '--everything')).exit).toBe(2);
  });
});
