import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileRules } from './file-rules.ts';
import { readSources } from './read-sources.ts';

const house = readSources(path.resolve(import.meta.dirname, '../..'), 'src');

describe('the house rules on files', () => {
  it.each(fileRules.map((rule) => [rule.rule, rule] as const))('hold: %s', (_name, { find }) => {
    expect(find(house)).toEqual([]);
  });

  it.each(fileRules.map((rule) => [rule.rule, rule] as const))('notice when broken: %s', (_name, { find, planted }) => {
    expect(find(planted.files)).toHaveLength(planted.violations);
  });
});
