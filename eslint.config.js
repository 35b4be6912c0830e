import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * The house rules a linter can see in one file. Who may import whom across rooms is test/house/imports.test.ts;
 * both read which room owns which package from the same table.
 */
const packageOwners = JSON.parse(readFileSync(new URL('test/house/package-owners.json', import.meta.url), 'utf8'));
const ownerRooms = [...new Set(packageOwners.flatMap((owner) => owner.rooms))];

/** What a room (undefined: a file directly in src, or a folder not listed) may not import from a registry. */
function restrictPackages(room) {
  const patterns = packageOwners
    .filter((owner) => !owner.rooms.includes(room))
    .map(({ packages, sentence }) => ({
      regex: `^(${packages.map((name) => name.replaceAll('*', '[^/]+')).join('|')})(/|$)`,
      message: sentence,
    }));
  return { 'no-restricted-imports': ['error', { patterns }] };
}

const clockSentence = 'Time is read in src/clock.ts only: take the Clock that is passed in.';
const idsSentence = 'Randomness comes from src/ids.ts: take the Ids that are passed in.';
const banned = (selector, message) => ({ selector, message });

const everywhere = [
  banned('TSEnumDeclaration', 'Use a union of literals.'),
  banned('ExportDefaultDeclaration', 'Named exports only.'),
];
const timeAndChance = [
  banned("MemberExpression[object.name='Date'][property.name='now']", clockSentence),
  banned("NewExpression[callee.name='Date'][arguments.length=0]", clockSentence),
  banned("CallExpression[callee.name='Date']", clockSentence),
  banned("MemberExpression[object.name='process'][property.name=/^(hrtime|uptime)$/]", clockSentence),
  banned("MemberExpression[object.name='Math'][property.name='random']", idsSentence),
];
const chanceFromCrypto = [
  banned(
    'ImportDeclaration[source.value=/^(node:)?crypto$/] ImportSpecifier[imported.name=/^random/]',
    `${idsSentence} (The making of keys in src/store is excepted.)`,
  ),
  banned("MemberExpression[object.name='crypto'][property.name=/^(random|getRandom)/]", idsSentence),
];
const switchedOffTests = banned(
  'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|skip|todo|fails)$/]',
  'A test runs, or it is deleted.',
);
const sleeps = banned(
  "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout']",
  'No sleeps in tests: wait for the event itself, or vi.waitFor.',
);
const impatience = banned(
  "CallExpression[callee.object.name='vi'][callee.property.name='waitFor']",
  'Its second is too short for a busy computer: waitFor of test/helpers/patient.ts.',
);
const timers = ['setTimeout', 'setInterval', 'performance'].map((name) => ({ name, message: clockSentence }));

const nodeGlobals = Object.fromEntries(
  [
    'process',
    'console',
    'URL',
    'Buffer',
    'fetch',
    'AbortSignal',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
  ].map((name) => [name, 'readonly']),
);

export default defineConfig([
  { ignores: ['dist/', 'coverage/', 'reports/', 'src/generated/', 'test/fixtures/', '.stryker-tmp/', '.baton/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: nodeGlobals },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // Declaration merging starts from an empty interface: each noun adds its own events.
      '@typescript-eslint/no-empty-object-type': ['error', { allowWithName: '^Events$' }],
      // A port says Promise; an implementation that needs no await is still right.
      '@typescript-eslint/require-await': 'off',
      // The compiler reports these, with underscores allowed by nobody.
      '@typescript-eslint/no-unused-vars': 'off',
      eqeqeq: 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      ...restrictPackages(undefined),
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      'no-restricted-globals': ['error', ...timers],
      'no-restricted-syntax': ['error', ...everywhere, ...timeAndChance, ...chanceFromCrypto],
    },
  },
  ...ownerRooms.map((room) => ({ files: [`src/${room}/**/*.{ts,tsx}`], rules: restrictPackages(room) })),
  {
    // Keys and nonces are never simulated.
    files: ['src/store/seal*.ts', 'src/store/seal/**/*.ts', 'src/store/master-key.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...timeAndChance] },
  },
  {
    files: ['src/clock.ts', 'src/ids.ts'],
    rules: { 'no-restricted-globals': 'off', 'no-restricted-syntax': ['error', ...everywhere] },
  },
  {
    // What a person at a terminal reads.
    files: ['src/main.ts', 'src/cli.ts', 'src/cli/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // The page runs in a browser, where the wall's time is the only one. It has a tsconfig.json of its own.
    files: ['src/simulator/page/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', banned('TSEnumDeclaration', 'Use a union of literals.')],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}', 'bench/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', switchedOffTests, sleeps, impatience],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Answers of a server under test arrive as JSON; the assertion is the check.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['test/helpers/patient.ts'],
    rules: { 'no-restricted-syntax': ['error', switchedOffTests, sleeps] },
  },
]);
