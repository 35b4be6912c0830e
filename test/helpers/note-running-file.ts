import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';

/**
 * Which file this worker is at, for whoever has to end a run from outside (scripts/test.mjs): a loop without an end says
 * nothing any more.
 */
const folder = fileURLToPath(new URL('../../node_modules/.cache/vitest-running/', import.meta.url));
const note = `${folder}${process.pid}`;
mkdirSync(folder, { recursive: true });
writeFileSync(note, expect.getState().testPath ?? '');
afterAll(() => rmSync(note, { force: true }));
