import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runBuilt, type Environment } from '../faults/built-service.ts';
import { aFolder, postmasterOf, removeFolder } from '../store/embedded-fixtures.ts';
import { fixture } from './open-cli.ts';

const checkedSchema = z.object({ checks: z.array(z.looseObject({ check: z.string(), ok: z.boolean() })) });
let stateDir = '';
let environment: Environment;
beforeAll(async () => {
  stateDir = await aFolder();
  environment = { BATON_STATE_DIR: stateDir };
});
afterAll(() => removeFolder(stateDir));

describe('the compiled command line, alone on a state folder', () => {
  it('makes the organisation, takes the sheet in and writes it out, with nothing but JSON on standard output', async () => {
    const applied = await runBuilt(environment, 'apply', fixture('org.yaml'), '--json');
    expect([applied.code, applied.err]).toEqual([0, '']);
    expect(JSON.parse(applied.out)).toMatchObject({ organisation: 'riverside', created: true });
    const imported = await runBuilt(environment, 'import', 'caseload', fixture('caseload.csv'), '--json');
    expect(imported.code).toBe(1);
    expect(JSON.parse(imported.out)).toMatchObject({ rows: 181, imported: 173, unchanged: 0 });
    const exported = await runBuilt(environment, 'export', 'caseload', '--format', 'json');
    expect(exported.code).toBe(0);
    expect(JSON.parse(exported.out)).toHaveLength(173);
    expect(await postmasterOf(stateDir)).toBe(0);
  });

  it('is run by npm run baton with its answer alone on standard output', async () => {
    const child = spawn(process.execPath, ['scripts/baton.mjs', 'doctor', '--json'], {
      cwd: join(import.meta.dirname, '../..'),
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    expect((await once(child, 'close'))[0]).toBe(0);
    const { checks } = checkedSchema.parse(JSON.parse(out));
    expect(checks[0]).toMatchObject({ check: 'database', ok: true });
    expect(checks.map(({ check }) => check)).toEqual(expect.arrayContaining(['logins', 'sealed values', 'imports']));
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it.each([
    [[], 2],
    [['dance'], 2],
    [['export', 'names'], 2],
    [['apply', 'nowhere.yaml'], 1],
    [['--help'], 0],
  ] as const)('ends %j with %d and words on standard error only', async (words, code) => {
    const ran = await runBuilt(environment, ...words);
    expect([ran.code, ran.out]).toEqual([code, '']);
    expect(ran.err).not.toBe('');
    expect(ran.err).not.toContain('    at ');
  });

  it('ends quietly when whoever reads it has enough, as in a pipe to head', async () => {
    const child = spawn(process.execPath, ['dist/cli.js', 'export', 'caseload'], {
      cwd: join(import.meta.dirname, '../..'),
      env: { PATH: process.env['PATH'] ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const [code]: unknown[] = await once(child, 'close');
    expect([code, err]).toEqual([0, '']);
  });

  it('names every bad setting without its value', async () => {
    const ran = await runBuilt({ ...environment, BATON_MASTER_KEY: 'c2hvcnQ=', PORT: 'many' }, 'doctor');
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('PORT is a port number');
    expect(ran.err).toContain('BATON_MASTER_KEY is 32 bytes in base64');
    expect(ran.err).not.toContain('c2hvcnQ=');
  });

  it('refuses a folder whose clients were sealed under another master key, in words', async () => {
    const other = Buffer.alloc(32, 1).toString('base64');
    const ran = await runBuilt({ ...environment, BATON_MASTER_KEY: other }, 'export', 'caseload');
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/key/i);
    expect(ran.err.trim().split('\n')).toHaveLength(1);
  });
});
