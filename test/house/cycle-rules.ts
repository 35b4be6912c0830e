import type { SourceFile } from './read-sources.ts';
import { aFile, type HouseRule } from './import-rules.ts';

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Every knot of nodes that reach each other, each sorted; a node alone is no knot. */
export function findKnots(graph: Graph): string[][] {
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>();
    const ahead = [...(graph.get(from) ?? [])];
    for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      ahead.push(...(graph.get(node) ?? []));
    }
    return seen;
  };
  const reached = new Map([...graph.keys()].map((node) => [node, reach(node)]));
  const knots = new Map<string, string[]>();
  for (const [node, ahead] of reached) {
    if (!ahead.has(node)) continue;
    const knot = [...ahead].filter((other) => reached.get(other)?.has(node) === true).sort();
    if (knot.length > 1) knots.set(knot.join(), knot);
  }
  return [...knots.values()];
}

function graphOf(
  files: readonly SourceFile[],
  nodeOf: (path: string) => string | undefined,
  counts: (kind: string) => boolean,
): Graph {
  const graph = new Map<string, Set<string>>();
  for (const { file, imports } of files) {
    const from = nodeOf(file);
    if (from === undefined) continue;
    const ahead = graph.get(from) ?? new Set<string>();
    graph.set(from, ahead);
    for (const imported of imports) {
      const to = nodeOf(imported.from);
      if (to !== undefined && to !== from && counts(imported.kind)) ahead.add(to);
    }
  }
  return graph;
}

const noun = (path: string): string | undefined => /^src\/care\/([^/]+)\//.exec(path)?.[1];
const sourceFile = (path: string): string | undefined => (path.startsWith('src/') ? path : undefined);

export const cycleRules: readonly HouseRule[] = [
  {
    rule: 'nouns do not import each other in a circle',
    find: (files) =>
      findKnots(graphOf(files, noun, () => true)).map((knot) => `These nouns import each other: ${knot.join(', ')}.`),
    planted: {
      files: [
        aFile('src/care/contacts/log.ts', ['src/care/follow-ups/create.ts']),
        aFile('src/care/follow-ups/create.ts', ['src/care/clients/rules.ts']),
        aFile('src/care/clients/close.ts', [{ from: 'src/care/contacts/rules.ts', kind: 'type' }]),
        aFile('src/care/duty/rules.ts', ['src/care/clients/rules.ts']),
      ],
      violations: 1,
    },
  },
  {
    rule: 'files do not load each other in a circle',
    find: (files) =>
      findKnots(graphOf(files, sourceFile, (kind) => kind === 'value')).map(
        (knot) => `These files load each other: ${knot.join(', ')}.`,
      ),
    planted: {
      files: [
        aFile('src/chat/a.ts', ['src/chat/b.ts']),
        aFile('src/chat/b.ts', ['src/chat/a.ts', { from: 'src/chat/c.ts', kind: 'type' }]),
        aFile('src/chat/c.ts', ['src/chat/b.ts']),
      ],
      violations: 1,
    },
  },
];
