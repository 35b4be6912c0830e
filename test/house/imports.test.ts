import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cycleRules } from './cycle-rules.ts';
import { aFile, importRules } from './import-rules.ts';
import { readSource, readSources } from './read-sources.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const house = [
  ...readSources(checkout, 'src'),
  aFile('package.json', [], { text: readFileSync(path.join(checkout, 'package.json'), 'utf8') }),
];

describe.each([
  ['imports', importRules],
  ['circles', cycleRules],
])('the house rules on %s', (_, rules) => {
  it.each(rules.map((rule) => [rule.rule, rule] as const))('hold: %s', (_name, { find }) => {
    expect(find(house)).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.rule, rule] as const))('notice when broken: %s', (_name, { find, planted }) => {
    expect(find(planted.files)).toHaveLength(planted.violations);
  });
});

describe('the reading of a source file', () => {
  it('tells loading, naming a type and lazy loading apart', () => {
    const text = `
      import type { A } from './a.ts';
      import { type B } from '../b.ts';
      import { c, type C } from 'c';
      import 'd';
      export { e } from './e/e.ts';
      export type { F } from 'f';
      const g = await import('./g.ts');
      type H = import('./h.ts').H;
      import * as i from 'node:i';`;
    expect(readSource('src/chat/x.ts', text).imports).toEqual([
      { from: 'src/chat/a.ts', kind: 'type' },
      { from: 'src/b.ts', kind: 'type' },
      { from: 'c', kind: 'value' },
      { from: 'd', kind: 'value' },
      { from: 'src/chat/e/e.ts', kind: 'value' },
      { from: 'f', kind: 'type' },
      { from: 'src/chat/g.ts', kind: 'lazy' },
      { from: 'src/chat/h.ts', kind: 'type' },
      { from: 'node:i', kind: 'value' },
    ]);
  });

  it('sees what is used, and takes comments and strings for neither', () => {
    const text = `
      // Date.now() is banned
      const at = new Date(); const then = new Date(0); setTimeout(f, 1);
      const { db } = tx; const say = 'Math.random';`;
    const { uses, strings } = readSource('src/chat/x.ts', text);
    expect(uses).toEqual(['new Date()', 'new Date(…)', 'setTimeout()', '.db']);
    expect(strings).toEqual(['Math.random']);
  });

  it('finds every file of src but generated code', () => {
    const names = house.map(({ file }) => file);
    expect(names).toContain('src/clock.ts');
    expect(names).toContain('src/chat/card.ts');
    expect(names.filter((file) => file.startsWith('src/generated/'))).toEqual([]);
  });
});
