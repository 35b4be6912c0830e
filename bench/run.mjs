import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.mjs';
import { judge } from './goals.mjs';
import { describeMachine, loadAverage } from './machine.mjs';
import { asColumns, readRecord, replaceRows, writeRecord } from './report.mjs';

/**
 * `npm run bench [-- NAME…]`: Baton beside what does the least that could be done instead, in turns, and the ratios.
 * Prints a table, and writes bench/results.json with the table of docs/bench.md. With names of benches only those run
 * and nothing is written, unless `--keep` puts their rows into the record. `--table` runs nothing: it judges the record
 * by the goals as they are now and writes the table again.
 * Two cores, shared and noisy: only ratios taken side by side mean anything.
 */
const { values, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false }, table: { type: 'boolean', default: false } },
});
if (values.table) await writeRecord(await readRecord());
else await run();

async function run() {
  await build();
  const { prepare } = await import('./prepare.mjs');
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-bench-files-'));
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1_000);
  const ground = await prepare(folder);
  const machine = describeMachine(ground.server.version);
  const results = [];
  try {
    const unknown = chosen.filter((name) => !Object.hasOwn(ground.benches, name));
    if (unknown.length > 0)
      throw new Error(`there is no bench ${unknown.join(', ')}: ${Object.keys(ground.benches).join(', ')}`);
    for (const [name, bench] of Object.entries(ground.benches)) {
      if (chosen.length > 0 && !chosen.includes(name)) continue;
      const taken = { at: new Date().toISOString(), load: loadAverage() };
      for (const row of await bench()) results.push(judge({ ...row, ...taken }));
      console.log(`${name}: done after ${seconds()} s`);
    }
  } finally {
    await ground.close();
    await rm(folder, { recursive: true, force: true });
  }
  console.log(asColumns(results));
  console.log(`\nLoad while it ran: ${machine.loadAtStart} to ${loadAverage()}.`);
  if (chosen.length === 0) await writeRecord({ machine, seconds: seconds(), results });
  else if (values.keep) await writeRecord(replaceRows(await readRecord(), results));
  if (chosen.length === 0 || values.keep) console.log('Written to bench/results.json and docs/bench.md.');
}
