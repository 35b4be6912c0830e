import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import prettier from 'prettier';
import { judge } from './goals.mjs';

const inRoot = (name) => path.resolve(import.meta.dirname, '..', name);
const recordFile = inRoot('bench/results.json');
const pageFile = inRoot('docs/bench.md');
const begins = '<!-- written by `npm run bench`: begin -->';
const ends = '<!-- written by `npm run bench`: end -->';

const text = (value) => (value === null || value === undefined ? '–' : String(value));
const verdictOf = ({ goalMet, missed }) =>
  goalMet === null ? 'for the record' : goalMet ? 'met' : `missed ${missed ?? ''}`.trim();
const key = ({ name, counterpart }) => `${name} / ${counterpart}`;

const heads = ['bench', 'counterpart', 'ours', 'theirs', 'unit', 'ratio', 'lowest–highest', 'goal', 'says'];
const cellsOf = (row) => [
  ...[row.name, row.counterpart, row.ours, row.theirs, row.unit, row.ratio].map(text),
  row.spread === undefined ? '–' : row.spread.join('–'),
  text(row.goal),
  verdictOf(row),
];

/** The rows as columns for a terminal, and below them why a goal is missed. */
export function asColumns(results) {
  const rows = [heads, ...results.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ');
  return [...rows.map((row) => line(row).trimEnd()), ...reasons(results).map((one) => `- ${one}`)].join('\n');
}

const reasons = (results) =>
  results
    .filter(({ goalMet }) => goalMet === false)
    .map((row) => `${row.name}: missed ${row.missed}${row.why === undefined ? '.' : `; ${row.why}`}`);

/** The record as it stands on the page. */
function asMarkdown({ machine, results }) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const day = (row) => (row.at ?? machine.at).slice(0, 10);
  const table = [
    line([...heads, 'taken on, load']),
    line([...heads, ''].map(() => '---')),
    ...results.map((row) => line([...cellsOf(row), `${day(row)}, ${text(row.load)}`])),
  ];
  const on = `${machine.processors} processors (${machine.processor}), ${machine.memoryGigabytes} GB, Node ${machine.node}, PostgreSQL ${machine.postgres}.`;
  const missed = reasons(results);
  const why =
    missed.length === 0 ? [] : ['', 'Missed, and why as far as it is known:', '', ...missed.map((one) => `- ${one}`)];
  return [on, '', ...table, ...why].join('\n');
}

/** The page with what the record says between its two marks. */
export async function withRecord(page, record) {
  const from = page.indexOf(begins);
  const to = page.indexOf(ends);
  if (from === -1 || to < from) throw new Error('docs/bench.md has lost the marks between which the bench writes');
  const written = `${page.slice(0, from)}${begins}\n\n${asMarkdown(record)}\n\n${page.slice(to)}`;
  return prettier.format(written, { ...(await prettier.resolveConfig(pageFile)), parser: 'markdown' });
}

export const readRecord = async () => JSON.parse(await readFile(recordFile, 'utf8'));
export const readPage = () => readFile(pageFile, 'utf8');

/** Writes bench/results.json, each row judged anew, and its table into docs/bench.md. */
export async function writeRecord({ machine, seconds, results }) {
  const record = { machine, seconds, results: results.map(judge) };
  const options = { ...(await prettier.resolveConfig(recordFile)), parser: 'json' };
  await writeFile(recordFile, await prettier.format(JSON.stringify(record), options));
  await writeFile(pageFile, await withRecord(await readPage(), record));
}

/** The record with these rows in the place of those of the same name and counterpart, or at its end. */
export function replaceRows(record, rows) {
  const fresh = new Map(rows.map((row) => [key(row), row]));
  const kept = record.results.map((row) => {
    const found = fresh.get(key(row)) ?? row;
    fresh.delete(key(row));
    return found;
  });
  return { ...record, results: [...kept, ...fresh.values()] };
}
