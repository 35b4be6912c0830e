import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { collectedFeatures } from '../../src/app.ts';
import { findDrawer } from '../../src/feature/collect-features.ts';
import { HELP_CARD } from '../../src/chat/help.ts';
import { SENTENCE_CARD } from '../../src/chat/sentence-card.ts';
import { readSources, type SourceFile } from './read-sources.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
type Source = Pick<SourceFile, 'file' | 'text'>;

const nameOf = (node: ts.ObjectLiteralElementLike): string | undefined =>
  node.name !== undefined && ts.isIdentifier(node.name) ? node.name.text : undefined;

/** Every kind of card that is written in these sources: an object with a kind and nodes, or the lines of a note. */
function kindsWritten(sources: readonly Source[]): { readonly kind: string; readonly path: string }[] {
  const files = sources.map(({ file, text }) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  const constants = new Map<string, string>();
  const found: { kind: string; path: string }[] = [];
  const walk = (node: ts.Node, visit: (node: ts.Node) => void): void => {
    visit(node);
    node.forEachChild((child) => walk(child, visit));
  };
  for (const file of files) {
    walk(file, (node) => {
      if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
        if (ts.isStringLiteral(node.initializer))
          constants.set(`${file.fileName}#${node.name.text}`, node.initializer.text);
        if (ts.isStringLiteral(node.initializer)) constants.set(node.name.text, node.initializer.text);
      }
    });
  }
  for (const file of files) {
    walk(file, (node) => {
      if (!ts.isObjectLiteralExpression(node)) return;
      const names = node.properties.map(nameOf);
      if (!names.includes('kind') || !(names.includes('nodes') || names.includes('lines'))) return;
      const kind = node.properties.find((property) => nameOf(property) === 'kind');
      if (kind === undefined || !ts.isPropertyAssignment(kind)) return;
      const { initializer } = kind;
      if (ts.isStringLiteral(initializer)) found.push({ kind: initializer.text, path: file.fileName });
      else if (ts.isIdentifier(initializer)) {
        const { text } = initializer;
        // The file's own constant goes before one of the same name elsewhere.
        const value = constants.get(`${file.fileName}#${text}`) ?? constantOf(file, text) ?? constants.get(text);
        found.push({ kind: value ?? `(${text})`, path: file.fileName });
      }
    });
  }
  return found;

  /** Where it is imported from, by the end of the path. */
  function constantOf(file: ts.SourceFile, name: string): string | undefined {
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const { namedBindings } = statement.importClause ?? {};
      if (namedBindings === undefined || !ts.isNamedImports(namedBindings)) continue;
      if (!namedBindings.elements.some((one) => one.name.text === name)) continue;
      const target = new URL(statement.moduleSpecifier.text, `file:///${file.fileName}`).pathname.slice(1);
      return constants.get(`${target}#${name}`);
    }
    return undefined;
  }
}

/** Kinds whose next page nobody could turn to. */
const unknownOf = (sources: readonly Source[]): string[] =>
  kindsWritten(sources)
    .filter(
      ({ kind }) => findDrawer(collectedFeatures, kind) === undefined && kind !== SENTENCE_CARD && kind !== HELP_CARD,
    )
    .map(({ kind, path: file }) => `${kind} in ${file}`);

describe('every kind of card', () => {
  it('can be drawn again, so that its pages can be turned', () => {
    const sources = readSources(checkout, 'src').filter(({ file }) =>
      /^src\/(care|chat|dispatch|feature)\/.*\.ts$/.test(file),
    );
    expect(kindsWritten(sources).length).toBeGreaterThan(60);
    expect(unknownOf(sources)).toEqual([]);
  });

  it('is missed where it cannot be', () => {
    const planted = [
      { file: 'src/care/x/kinds.ts', text: "export const xKind = 'x.told';" },
      {
        file: 'src/care/x/cards.ts',
        text: "import { xKind } from './kinds.ts'; const a = { kind: xKind, nodes: [] }; const b = { kind: 'x.said', nodes: [] };",
      },
    ];
    expect(unknownOf(planted)).toEqual(['x.told in src/care/x/cards.ts', 'x.said in src/care/x/cards.ts']);
  });
});
