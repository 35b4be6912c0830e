import { aFile, type HouseRule } from './import-rules.ts';
import type { SourceFile } from './read-sources.ts';

const readsTime = ['Date.now', 'new Date()', 'Date()', 'performance.now', 'process.hrtime', 'process.uptime'];
const startsTimers = ['setTimeout()', 'setInterval()'];
const drawsLots = ['Math.random', 'randomUUID()', 'randomBytes()', 'randomInt()', 'getRandomValues()'];
const drawsLotsOn = ['crypto.randomUUID', 'crypto.randomBytes', 'crypto.randomInt', 'crypto.getRandomValues'];

/** The page runs in a browser: the wall's time is the only one there. */
const isPage = (file: string): boolean => file.startsWith('src/simulator/page/');
const isSource = (file: string): boolean => file.startsWith('src/');

const uses =
  (names: readonly string[], excused: (file: string) => boolean, sentence: string) =>
  (files: readonly SourceFile[]): string[] =>
    files
      .filter(({ file }) => isSource(file) && !isPage(file) && !excused(file))
      .flatMap((source) =>
        names.filter((name) => source.uses.includes(name)).map((name) => `${source.file} uses ${name}: ${sentence}.`),
      );

const eachFile =
  (judge: (source: SourceFile) => readonly string[]) =>
  (files: readonly SourceFile[]): string[] =>
    files
      .filter(({ file }) => isSource(file))
      .flatMap((source) => judge(source).map((what) => `${source.file} ${what}.`));

/** Lines whose cast is explained by no comment, neither on the line nor on the one before. */
function bareCasts(text: string): number[] {
  const lines = text.split('\n');
  const explained = (line: string | undefined): boolean => line !== undefined && /\/\/|^\s*\/?\*/.test(line);
  return lines.flatMap((line, at) =>
    /\bas unknown as\b/.test(line) && !explained(line) && !explained(lines[at - 1]) ? [at + 1] : [],
  );
}

/** Words of an id that no person has, put where a person's id stands. A default of what is read from outside is none. */
const putsNobody = [
  /\b(person|actor|by|raisedBy|owner|coordinator|requester|receiver)\??: ''/g,
  /\b(person|actor|by|raisedBy|owner|coordinator|requester|receiver) (===|!==) ''/g,
  /\b(personOf\([^()]*\)|\.person) \?\? ''/g,
];
/** Who writes and reads the words that stand on record for them; the database's own owner; a Slack that knows us as a user. */
const saysBaton = /^src\/(access\/recorded-doer\.ts|store\/embedded\/|simulator\/)/;

export const fileRules: readonly HouseRule[] = [
  {
    rule: 'only the clock reads time and starts timers',
    find: uses([...readsTime, ...startsTimers], (file) => file === 'src/clock.ts', 'take the Clock that is passed in'),
    planted: {
      files: [
        aFile('src/care/contacts/log.ts', [], { uses: ['new Date()', 'Date.parse', 'new Date(…)'] }),
        aFile('src/delivery/claim.ts', [], { uses: ['setTimeout()', 'clock.now'] }),
        aFile('src/clock.ts', [], { uses: ['Date.now'] }),
        aFile('src/simulator/page/clock.tsx', [], { uses: ['setInterval()'] }),
      ],
      violations: 2,
    },
  },
  {
    rule: 'only ids and the making of keys draw lots',
    find: uses(
      [...drawsLots, ...drawsLotsOn],
      (file) => file === 'src/ids.ts' || /^src\/store\/(seal[./-]|master-key\.)/.test(file),
      'take the Ids that are passed in',
    ),
    planted: {
      files: [
        aFile('src/delivery/pace.ts', [], { uses: ['Math.random'] }),
        aFile('src/slack/state.ts', [], { uses: ['randomBytes()', 'crypto.randomUUID'] }),
        aFile('src/store/seal.ts', [], { uses: ['randomBytes()'] }),
        aFile('src/store/master-key.ts', [], { uses: ['randomBytes()'] }),
        aFile('src/ids.ts', [], { uses: ['randomUUID()'] }),
      ],
      violations: 3,
    },
  },
  {
    rule: 'file names are kebab-case verbs and nouns, and say what is inside',
    find: eachFile(({ file }) =>
      file
        .replace(/\.tsx?$/, '')
        .split('/')
        .flatMap((part) => [
          ...(/^[a-z0-9]+(-[a-z0-9]+)*(\.d)?$/.test(part) ? [] : [`has a part that is not kebab-case: ${part}`]),
          ...(/(^|-)(utils?|helpers?|commons?|managers?|misc)($|-)/.test(part) ? [`says nothing by ${part}`] : []),
        ]),
    ),
    planted: {
      files: [
        aFile('src/chat/cardUtils.ts'),
        aFile('src/chat/card-utils.ts'),
        aFile('src/care/common/rules.ts'),
        aFile('src/care/care-plans/rules.ts'),
      ],
      violations: 3,
    },
  },
  {
    rule: 'a cast through unknown says why it cannot be avoided',
    find: eachFile(({ text }) => bareCasts(text).map((line) => `casts without a reason in line ${line}`)),
    planted: {
      files: [
        aFile('src/chat/a.ts', [], { text: 'const a = 1;\nconst b = a as unknown as string;' }),
        aFile('src/chat/b.ts', [], {
          text: '// The table forgets the type on purpose.\nconst b = a as unknown as string;',
        }),
      ],
      violations: 1,
    },
  },
  {
    rule: 'nothing is left for later',
    find: eachFile(({ text }) =>
      [
        ...text.matchAll(/\bTODO\b|\bFIXME\b|\bXXX\b|[Nn]ot implemented|eslint-disable|@ts-ignore|@ts-expect-error/g),
      ].map(([word]) => `still says ${word}`),
    ),
    planted: {
      files: [
        aFile('src/chat/a.ts', [], { text: ['// TO', 'DO: later'].join('') }),
        aFile('src/chat/b.ts', [], { text: "export const aliases = ['todo', 'today'];" }),
      ],
      violations: 1,
    },
  },
  {
    rule: 'the product speaks calmly: no exclamation marks',
    find: eachFile(({ strings }) => (strings.some((text) => /\p{L}!(\s|$)/u.test(text)) ? ['raises its voice'] : [])),
    planted: {
      files: [
        aFile('src/chat/a.ts', [], { strings: ['Saved!', 'Well done! Next one.'] }),
        aFile('src/chat/b.ts', [], { strings: ['<!channel>', 'a != b', 'Saved.'] }),
      ],
      violations: 1,
    },
  },
  {
    rule: "who acts is asked of the union: neither '' nor 'baton' stands for a person",
    find: eachFile(({ file, strings, text }) => [
      ...(strings.includes('baton') && !saysBaton.test(file) ? ['writes baton for whoever acts: say bySystem'] : []),
      ...putsNobody.flatMap((pattern) =>
        [...text.matchAll(pattern)].map(([found]) => `puts nobody for a person: ${found}`),
      ),
    ]),
    planted: {
      files: [
        aFile('src/schedule/turn.ts', [], { text: "const actor = { person: '', roles: [] };" }),
        aFile('src/care/duty/ask.ts', [], {
          text: "if (by === '' || owner !== '') return personOf(work.actor) ?? '';",
        }),
        aFile('src/care/duty/tell.ts', [], { strings: ['baton'], text: "record({ actor: 'baton' });" }),
        aFile('src/access/recorded-doer.ts', [], { strings: ['baton'] }),
        aFile('src/care/duty/read.ts', [], { text: "const [id = '', person = ''] = subject.split('/');" }),
      ],
      violations: 5,
    },
  },
];
