import owners from './package-owners.json' with { type: 'json' };
import { closedDoor, roomOf } from './rooms.ts';
import type { Import, SourceFile } from './read-sources.ts';

/** A house rule over all source files at once. */
export interface HouseRule {
  readonly rule: string;
  /** One sentence a violation. */
  readonly find: (files: readonly SourceFile[]) => string[];
  /** The smallest house that breaks it; the rule must find exactly this many violations in it. */
  readonly planted: { readonly files: readonly SourceFile[]; readonly violations: number };
}

/** A file that only imports and uses, for planting. */
export function aFile(
  file: string,
  imports: readonly (string | Import)[] = [],
  more: Partial<Omit<SourceFile, 'file' | 'imports'>> = {},
): SourceFile {
  const full = imports.map((from): Import => (typeof from === 'string' ? { from, kind: 'value' } : from));
  return { file, imports: full, uses: [], strings: [], text: '', ...more };
}

const type = (from: string): Import => ({ from, kind: 'type' });
const lazy = (from: string): Import => ({ from, kind: 'lazy' });

/** Runs `judge` on every import; what it returns is the end of a sentence that begins with the file. */
const eachImport =
  (judge: (file: string, imported: Import) => string | undefined) =>
  (files: readonly SourceFile[]): string[] =>
    files.flatMap(({ file, imports }) =>
      imports.flatMap((imported) => {
        const wrong = judge(file, imported);
        return wrong === undefined ? [] : [`${file} imports ${imported.from}: ${wrong}.`];
      }),
    );

const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.tsx?$/, '');
const isRules = (file: string): boolean => file.startsWith('src/care/') && /^(rules|glossary)$/.test(baseName(file));
const isRecords = (file: string): boolean => /^(.+-)?records$/.test(baseName(file));
const nounOf = (file: string): string | undefined => /^src\/care\/([^/]+)\//.exec(file)?.[1];
const isPackage = (from: string): boolean => !from.startsWith('src/') && !from.startsWith('.');
const matches = (pattern: string, from: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '[^/]+')}(/|$)`).test(from);
const thePage = /^src\/simulator\/page\//;

export const importRules: readonly HouseRule[] = [
  {
    rule: 'a room imports only the rooms its door leads to',
    find: eachImport((file, { from, kind }) => {
      const here = roomOf(file);
      if (here === undefined) return 'this folder is no room of the house; add it to test/house/rooms.ts';
      if (isPackage(from)) return undefined;
      if (from.startsWith('src/generated/')) return here === 'store' ? undefined : 'only store sees generated code';
      const there = roomOf(from);
      return there === undefined ? 'no room of the house' : closedDoor(here, there, kind);
    }),
    planted: {
      files: [
        aFile('src/care/contacts/log.ts', ['src/slack/send.ts', type('src/delivery/post.ts'), 'src/delivery/post.ts']),
        aFile('src/dispatch/dispatch.ts', ['src/care/contacts/rules.ts', 'src/clock.ts', 'src/access/actor.ts']),
        aFile('src/chat/help.ts', ['src/access/roles.ts', 'src/calendar/zones.ts', type('src/feature/feature.ts')]),
        aFile('src/delivery/send.ts', ['src/dispatch/dispatch.ts', 'src/feature/sender.ts']),
        aFile('src/slack/adapter.ts', ['src/app.ts', 'src/simulator/slack/server.ts', 'src/teams/limits.ts']),
        aFile('src/app.ts', ['src/simulator/page.ts', lazy('src/simulator/page.ts'), 'src/teams/adapter.ts']),
        aFile('src/main.ts', ['src/app.ts', 'src/config.ts', lazy('src/local-mode.ts')]),
        aFile('src/local-mode.ts', ['src/app.ts', 'src/simulator/page.ts', 'src/health.ts']),
        aFile('src/cli.ts', ['src/local-mode.ts']),
        aFile('src/access/find.ts', ['src/generated/prisma/client.ts']),
        aFile('src/misc/stuff.ts', ['zod']),
      ],
      violations: 14,
    },
  },
  {
    rule: 'a package is imported by its owner only',
    find: eachImport((file, { from }) => {
      if (!isPackage(from)) return undefined;
      const room = roomOf(file) ?? '';
      const owner = owners.find(({ packages }) => packages.some((name) => matches(name, from)));
      return owner === undefined || owner.rooms.includes(room) ? undefined : owner.sentence.replace(/\.$/, '');
    }),
    planted: {
      files: [
        aFile('src/slack/a.ts', ['@slack/bolt', 'botbuilder', 'zod']),
        aFile('src/teams/a.ts', ['@slack/web-api', 'botframework-connector/lib/auth', '@microsoft/teams-ai']),
        aFile('src/care/contacts/records.ts', [type('@prisma/client/runtime/client'), 'pg']),
        aFile('src/store/a.ts', ['pg', '@prisma/adapter-pg', 'node:timers/promises']),
      ],
      violations: 5,
    },
  },
  {
    rule: 'rules and the calendar are pure: rules import other rules, the calendar and zod; the calendar date-fns too',
    find: eachImport((file, { from }) => {
      const room = roomOf(file);
      if (room !== 'calendar' && !isRules(file)) return undefined;
      const packages = room === 'calendar' ? /^(zod|date-fns|@date-fns\/(tz|utc))(\/|$)/ : /^zod$/;
      const isPure = (path: string): boolean => roomOf(path) === 'calendar' || (room !== 'calendar' && isRules(path));
      const pure = isPackage(from) ? packages.test(from) : isPure(from);
      return pure ? undefined : 'rules see rules, the calendar and zod only';
    }),
    planted: {
      files: [
        aFile('src/care/contacts/rules.ts', ['zod', 'src/calendar/zones.ts', 'src/care/clients/rules.ts']),
        aFile('src/calendar/zones.ts', ['@date-fns/tz', 'src/calendar/turns.ts', 'src/clock.ts']),
        aFile('src/care/clients/rules.ts', [
          'src/care/clients/records.ts',
          type('src/store/transaction.ts'),
          'node:fs',
        ]),
        aFile('src/care/glossary.ts', ['src/clock.ts', 'date-fns']),
      ],
      violations: 6,
    },
  },
  {
    rule: 'only records see the database client; other files of a noun name its types',
    find: (files) => [
      ...eachImport((file, { from, kind }) =>
        file.startsWith('src/care/') && !isRecords(file) && from.startsWith('src/store/') && kind !== 'type'
          ? 'only records.ts loads the store'
          : undefined,
      )(files),
      ...files
        .filter(({ file, uses }) => file.startsWith('src/care/') && !isRecords(file) && uses.includes('.db'))
        .map(({ file }) => `${file} reaches for the database client: only records.ts does.`),
    ],
    planted: {
      files: [
        aFile('src/care/contacts/log.ts', [type('src/store/transaction.ts')], { uses: ['.db'] }),
        aFile('src/care/contacts/undo.ts', ['src/store/transaction.ts']),
        aFile('src/care/contacts/records.ts', ['src/store/transaction.ts'], { uses: ['.db'] }),
      ],
      violations: 2,
    },
  },
  {
    rule: "a noun meets another through its rules, use cases and cards, never through the other's records or table",
    find: eachImport((file, { from }) => {
      const [here, there] = [nounOf(file), nounOf(from)];
      if (here === undefined || there === undefined || here === there) return undefined;
      const inside = isRecords(from) || /^(.+-)?feature$/.test(baseName(from));
      return inside ? `this is ${there}'s own; publish an event or call its use case` : undefined;
    }),
    planted: {
      files: [
        aFile('src/care/contacts/log.ts', ['src/care/clients/records.ts', 'src/care/clients/find.ts']),
        aFile('src/care/digests/cards.ts', ['src/care/contacts/cards.ts', 'src/care/contacts/feature.ts']),
        aFile('src/care/clients/find.ts', ['src/care/clients/records.ts']),
      ],
      violations: 2,
    },
  },
  {
    rule: 'what src loads is there in a production install',
    find: (files) => {
      const dependencies = dependenciesOf(files);
      return eachImport((file, { from, kind }) => {
        if (!isPackage(from) || from.startsWith('node:') || kind === 'type' || thePage.test(file)) return undefined;
        const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
        if (dependencies.has(name)) return undefined;
        return kind === 'lazy' && roomOf(file) === 'simulator' ? undefined : `${name} is not one of the dependencies`;
      })(files);
    },
    planted: {
      files: [
        aFile('package.json', [], { text: '{"dependencies":{"zod":"1.0.0","@date-fns/tz":"1.0.0"}}' }),
        aFile('src/care/contacts/rules.ts', ['zod', '@date-fns/tz/date', 'node:crypto', type('ajv'), 'date-fns']),
        aFile('src/simulator/teams/cards.ts', [lazy('adaptivecards'), 'adaptivecards']),
        aFile('src/simulator/page/main.tsx', ['react']),
      ],
      violations: 2,
    },
  },
];

/** The names in the `dependencies` of the package.json that stands among the files. */
function dependenciesOf(files: readonly SourceFile[]): ReadonlySet<string> {
  const text = files.find(({ file }) => file === 'package.json')?.text ?? '{}';
  const manifest = JSON.parse(text) as { dependencies?: Record<string, string> };
  return new Set(Object.keys(manifest.dependencies ?? {}));
}
