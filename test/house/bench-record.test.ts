import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { goals, judge } from '../../bench/goals.mjs';
import { readPage, readRecord, withRecord, type BenchRecord } from '../../bench/report.mjs';

describe('what the bench found', () => {
  let record: BenchRecord;
  beforeAll(async () => {
    record = await readRecord();
  });

  it('stands in docs/bench.md as it stands in the record (`npm run bench -- --table` writes it)', async () => {
    const page = await readPage();
    expect(await withRecord(page, record)).toBe(page);
  });

  it('has a row for every goal', () => {
    const measured = record.results.map(({ name, counterpart }) => `${name} / ${counterpart}`);
    const wanted = goals.filter(({ asked }) => asked !== true);
    expect(
      wanted.map(({ name, counterpart }) => `${name} / ${counterpart}`).filter((row) => !measured.includes(row)),
    ).toEqual([]);
    expect(new Set(measured).size).toBe(measured.length);
  });

  it('is judged by the goals as they are now', () => {
    expect(record.results).toEqual(record.results.map((row) => judge(row)));
  });

  it('says how far a goal was missed, and why', () => {
    const missed = record.results.filter(({ goalMet }) => goalMet === false);
    expect(missed.filter(({ missed: far, why }) => far === undefined || why === undefined)).toEqual([]);
  });
});

describe('the bench', () => {
  it('runs on what the service is built of', () => {
    const root = path.resolve(import.meta.dirname, '../..');
    const missing = readdirSync(path.join(root, 'bench'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.mjs'))
      .flatMap((name) => {
        const text = readFileSync(path.join(root, 'bench', name), 'utf8');
        const built = [...text.matchAll(/'(?:\.\.\/)+dist\/([\w/-]+)\.js'/g)].map(([, file = '']) => file);
        return built
          .filter((file) => !existsSync(path.join(root, 'src', `${file}.ts`)))
          .map((file) => `${name}: ${file}`);
      });
    expect(missing).toEqual([]);
  });
});
