import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import eslint from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * The architecture as a table: each folder of src-main and the folders it may import.
 * Dependencies point one way, from the hosts down to the foundation. The vocabulary lies below all of them: every folder,
 * the foundation too, may import it.
 */
export const mayImport = {
  vocabulary: [],
  foundation: [],
  statistics: ['foundation'],
  configuration: ['foundation'],
  engine: ['foundation'],
  weights: ['foundation', 'configuration'],
  vgg: ['foundation', 'engine', 'configuration', 'weights'],
  data: ['foundation', 'configuration'],
  evaluation: ['foundation', 'configuration', 'weights', 'engine', 'vgg', 'data'],
  training: ['foundation', 'configuration', 'weights', 'engine', 'vgg', 'data', 'evaluation'],
  queue: ['foundation', 'configuration', 'runs', 'supervisor', 'studies'],
  tables: ['foundation', 'configuration', 'statistics'],
  runs: ['foundation', 'configuration', 'weights', 'vgg', 'training', 'evaluation', 'tables'],
  insight: ['foundation', 'configuration', 'engine', 'vgg', 'data', 'evaluation', 'training'],
  trainer: [
    'foundation',
    'configuration',
    'engine',
    'vgg',
    'data',
    'evaluation',
    'training',
    'insight',
    'runs',
  ],
  supervisor: ['foundation', 'configuration', 'weights', 'engine', 'training', 'runs', 'trainer'],
  studies: ['foundation', 'configuration', 'tables', 'vgg', 'training', 'runs', 'supervisor'],
  claims: ['foundation', 'configuration', 'statistics', 'vgg'],
  report: ['foundation', 'configuration', 'statistics', 'tables', 'vgg', 'claims'],
  launch: ['foundation', 'configuration', 'engine', 'training', 'runs', 'trainer', 'supervisor', 'studies'],
  exchange: ['foundation', 'configuration', 'vgg', 'training', 'runs'],
  workbench: [
    'foundation',
    'configuration',
    'weights',
    'engine',
    'vgg',
    'data',
    'training',
    'tables',
    'runs',
    'trainer',
    'supervisor',
    'studies',
    'queue',
    'statistics',
    'claims',
    'report',
    'launch',
    'insight',
    'exchange',
  ],
  hosts: ['foundation', 'workbench', 'supervisor', 'launch'],
};

/** Packages with a single door: only the named folder may import them. */
export const doors = [
  {
    folder: 'engine',
    packages: ['@tensorflow/*'],
    reason: 'Only engine/ loads TensorFlow; take it from there.',
  },
  { folder: 'runs', packages: ['better-sqlite3'], reason: 'Only runs/ opens the database.' },
  {
    folder: 'statistics',
    packages: ['cephes'],
    reason: 'Only statistics/ computes distributions.',
  },
  { folder: 'data', packages: ['sharp'], reason: 'Only data/ decodes images.' },
  { folder: 'weights', packages: ['h5wasm', 'h5wasm/*'], reason: 'Only weights/ reads HDF5.' },
  {
    folder: 'hosts/electron',
    packages: ['electron', 'electron/*'],
    reason: 'Only hosts/electron/ runs in Electron.',
  },
];

/** A folder with a door of its own below one of the table follows that one. */
const layers = [...new Set([...Object.keys(mayImport), ...doors.map((door) => door.folder)])].map((path) => {
  const [folder] = path.split('/');
  const allowed = ['vocabulary', ...mayImport[folder]];
  const forbidden = Object.keys(mayImport).filter((other) => other !== folder && !allowed.includes(other));
  return {
    files: [`src-main/${path}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...(forbidden.length > 0
              ? [
                  {
                    regex: `^(\\.\\./)+(${forbidden.join('|')})/`,
                    message: `${folder}/ may import only: ${allowed.join(', ') || 'nothing else'}.`,
                  },
                ]
              : []),
            ...doors
              .filter((door) => door.folder !== path)
              .map((door) => ({ group: door.packages, message: door.reason })),
          ],
        },
      ],
    },
  };
});

/** Both sides speak by it, so it may be neither a Node program nor a page. */
const vocabulary = {
  files: ['src-main/vocabulary/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { regex: '^(?!\\./|zod$)', message: 'The vocabulary imports nothing but itself and zod.' },
        ],
      },
    ],
    'no-restricted-globals': [
      'error',
      ...Object.keys({ ...globals.node, ...globals.browser }).filter((name) => !(name in globals.builtin)),
    ],
  },
};

/** The window's floors, from the furniture up. Views know nothing of each other: what two of them need is in shared/. */
export const windowMayImport = {
  ui: [],
  api: [],
  state: ['api'],
  charts: ['ui', 'api', 'state'],
  shared: ['ui', 'api', 'state', 'charts'],
  views: ['ui', 'api', 'state', 'charts', 'shared'],
  shell: ['ui', 'api', 'state', 'charts', 'shared', 'views'],
};

const views = readdirSync(join(import.meta.dirname, 'src-renderer', 'views'));

/** The window knows of the main side only its contract and the words that both share, and nothing of Node. */
const windowDoors = [
  {
    regex: 'src-main/(?!workbench/(contract|portMessage)\\.ts$|vocabulary/)',
    message: 'The window imports nothing of src-main but its contract and the vocabulary.',
  },
  { group: ['node:*'], message: 'The window is no Node program.' },
];

const restrictedImports = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

const windowFloors = Object.entries(windowMayImport)
  .filter(([floor]) => floor !== 'shell')
  .map(([floor, allowed]) => ({
    files: [`src-renderer/${floor}/**`],
    rules: restrictedImports([
      ...windowDoors,
      {
        regex: `^(\\.\\./)+(${Object.keys(windowMayImport)
          .filter((other) => other !== floor && !allowed.includes(other))
          .join('|')})/`,
        message: `${floor}/ of the window may import only: ${allowed.join(', ') || 'nothing else'}.`,
      },
    ]),
  }));

const viewFloors = views.map((view) => ({
  files: [`src-renderer/views/${view}/**`],
  rules: restrictedImports([
    ...windowDoors,
    {
      regex: `^(\\.\\./)+(shell|${views.filter((other) => other !== view).join('|')})/`,
      message: 'A view imports no other view: what both need belongs to src-renderer/shared/.',
    },
  ]),
}));

const windowRules = {
  ...restrictedImports(windowDoors),
  'no-restricted-globals': ['error', 'process', 'Buffer', 'global', '__dirname'],
  // Addresses within the window are hashes: there is no base path to resolve.
  'svelte/no-navigation-without-resolve': 'off',
  // Maps made in a function and given out whole need no reactivity of their own.
  'svelte/prefer-svelte-reactivity': 'off',
  // The compiler warns of what these comments are for; the linter does not see it warn.
  'svelte/no-unused-svelte-ignore': 'off',
};

const clock =
  'Wait for an event or a state (test/support/until.ts), fake the clock, or measure in test/bench.';

/** No function of more than 60 lines, comments aside, but for the callbacks of `describe`, which hold several tests. */
const shortFunctions = {
  create({ sourceCode, report }) {
    const check = (node) => {
      const isOfDescribe =
        node.parent.type === 'CallExpression' &&
        sourceCode.getText(node.parent.callee).startsWith('describe');
      const { start, end } = node.loc;
      const isComment = (line) => /^\s*(\/\/|\/?\*)/.test(line);
      const lines = sourceCode.lines
        .slice(start.line - 1, end.line)
        .filter((line) => !isComment(line)).length;
      if (!isOfDescribe && lines > 60) report({ node, message: `It has ${lines} lines: at most 60.` });
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
};

/** A test that sleeps or looks at a clock fails on a busy machine, or passes for want of time. */
const tests = {
  files: ['test/**'],
  ignores: ['test/bench/**', 'test/fuzz/main.ts', 'test/support/until.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        paths: ['node:timers', 'node:timers/promises', 'timers', 'timers/promises'].map((name) => ({
          name,
          importNames: ['setTimeout', 'setInterval', 'scheduler'],
          message: clock,
        })),
      },
    ],
    'no-restricted-globals': [
      'error',
      ...['setTimeout', 'setInterval'].map((name) => ({ name, message: clock })),
    ],
    'no-restricted-syntax': [
      'error',
      ...[
        "CallExpression[callee.object.name='performance'][callee.property.name='now']",
        "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        "CallExpression[callee.object.name='process'][callee.property.name=/^(hrtime|cpuUsage)$/]",
        "CallExpression[callee.property.name='waitForTimeout']",
      ].map((selector) => ({ selector, message: clock })),
    ],
  },
};

/** oxlint is many times as fast: what it checks in a file is not checked again here, and it reads most of them. */
const oxlint = JSON.parse(
  readFileSync(join(import.meta.dirname, '.oxlintrc.json'), 'utf8').replaceAll(/^ *\/\/.*$/gm, ''),
);
const checkedByOxlint = {
  files: ['**/*.ts'],
  ignores: oxlint.ignorePatterns.map((pattern) => pattern.replace(/\/$/, '/**')),
  rules: Object.fromEntries(
    Object.keys(oxlint.rules)
      .map((rule) => rule.replace('typescript/', ''))
      .flatMap((rule) => [
        [rule, 'off'],
        [`@typescript-eslint/${rule}`, 'off'],
      ]),
  ),
};

const svelteFiles = ['**/*.svelte', '**/*.svelte.ts'];

export default tseslint.config(
  { ignores: ['node_modules/', 'out/', 'coverage/'] },
  eslint.configs.recommended,
  // The rules that need types are those of .oxlintrc.json.
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    rules: {
      'max-lines': ['error', 500],
      '@typescript-eslint/consistent-type-imports': 'error',
      // `const { type: _type, ...rest }` leaves a field out.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  checkedByOxlint,
  {
    files: ['src-main/**', 'src-renderer/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipComments: true }] },
  },
  {
    files: ['test/**'],
    plugins: { own: { rules: { 'short-functions': shortFunctions } } },
    rules: { 'own/short-functions': 'error' },
  },
  // More than four by their place cannot be told apart where the function is called.
  { files: ['src-main/**'], rules: { '@typescript-eslint/max-params': ['error', { max: 4 }] } },
  ...layers,
  vocabulary,
  ...svelte.configs.recommended.map((part) => ({ files: svelteFiles, ...part })),
  {
    files: svelteFiles,
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  { files: ['src-renderer/**'], languageOptions: { globals: globals.browser }, rules: windowRules },
  ...windowFloors,
  ...viewFloors,
  // The compiler checks types in components; without their markup these rules take what is used there for unused.
  {
    files: ['**/*.svelte'],
    rules: { 'max-lines': ['error', 200] },
  },
  tests,
);
