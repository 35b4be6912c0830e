import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const checkout = path.resolve(import.meta.dirname, '../..');
const read = (page: string): string | undefined => {
  const file = path.join(checkout, page);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
};
const headingsOf = (page: string): readonly string[] =>
  (read(page) ?? '').split('\n').flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? []);

/** Pages and sections that sources cite and that are not there; a comment may break its line anywhere. */
function notThere(sources: readonly { readonly file: string; readonly text: string }[]): readonly string[] {
  return sources.flatMap(({ file, text }) => {
    const comments = (text.match(/\/\*[\s\S]*?\*\/|\/\/.*/g) ?? []).join('\n').replaceAll(/\n\s*(?:\* )?/g, ' ');
    const cited = [...comments.matchAll(/\b((?:docs\/[a-z/0-9-]{0,20})?[a-z0-9-]{1,40}\.md)\b(?:, "([^"]+)")?/g)];
    return cited.flatMap(([, page = '', section]) => {
      if (read(page) === undefined) return [`${file}: ${page}`];
      return section === undefined || headingsOf(page).includes(section) ? [] : [`${file}: ${page}, "${section}"`];
    });
  });
}

/** Files that a page of the docs names, as `care/contacts/log-contact.ts`, and that are not there. */
const misnamedIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:[a-z-]+\/)+[a-z-]+\.ts)`/g)].flatMap(([, named = '']) =>
    ['', 'src'].some((folder) => existsSync(path.join(checkout, folder, named))) ? [] : [named],
  );

describe('what is cited', () => {
  it('stands in this repository: page and section', () => {
    const ours = readdirSync(path.join(checkout, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
      .map((file) => ({ file, text: readFileSync(path.join(checkout, 'src', file), 'utf8') }));
    expect(notThere(ours)).toEqual([]);
    expect(
      notThere([{ file: 'a.ts', text: '/** As docs/authorities.md, "Nothing" and\n * docs/none.md say. */' }]),
    ).toEqual(['a.ts: docs/authorities.md, "Nothing"', 'a.ts: docs/none.md']);
  });

  it('names files that are there, where the architecture is told', () => {
    expect(misnamedIn(read('docs/architecture.md') ?? '')).toEqual([]);
    expect(misnamedIn('see `chat/card.ts` and `chat/cards.ts`')).toEqual(['chat/cards.ts']);
  });
});
