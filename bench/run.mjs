import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../scripts/build.mjs';
import { describeMachine, loadAverage } from './machine.mjs';
import { inRoot } from './processes.mjs';

/**
 * `npm run bench [-- NAME…]`: Baton beside what does the least that could be done instead, in turns, and the ratios.
 * Prints a table and writes bench/results.json; with names of benches only those run and nothing is written.
 * Two cores, shared and noisy: only ratios taken side by side mean anything.
 */
await build();
const { prepare } = await import('./prepare.mjs');
const chosen = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'baton-bench-files-'));
const started = Date.now();
const ground = await prepare(folder);
const machine = describeMachine(ground.server.version);
const results = [];
try {
  for (const [name, bench] of Object.entries(ground.benches)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const load = loadAverage();
    for (const result of await bench()) results.push({ ...result, load });
    console.log(`${name}: done after ${Math.round((Date.now() - started) / 1_000)} s`);
  }
} finally {
  await ground.close();
  await rm(folder, { recursive: true, force: true });
}

const text = (value) => (value === null ? '–' : String(value));
const verdict = ({ goalMet }) => (goalMet === null ? 'for the record' : goalMet ? 'met' : 'not met');
const rows = [
  ['bench', 'counterpart', 'ours', 'theirs', 'unit', 'ratio', 'spread', 'goal', ''],
  ...results.map((one) => [
    ...[one.name, one.counterpart, one.ours, one.theirs, one.unit, one.ratio].map(text),
    one.spread === undefined ? '–' : one.spread.join('–'),
    text(one.goal),
    verdict(one),
  ]),
];
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
for (const row of rows)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );

if (chosen.length === 0) {
  const file = inRoot('bench/results.json');
  await writeFile(
    file,
    `${JSON.stringify({ machine, seconds: Math.round((Date.now() - started) / 1_000), results }, null, 2)}\n`,
  );
  console.log(
    `\nWritten to ${path.relative(process.cwd(), file)}. Load while it ran: ${machine.loadAtStart} to ${loadAverage()}.`,
  );
}
