import js from '@eslint/js';
import compat from 'eslint-plugin-compat';
import esx from 'eslint-plugin-es-x';
import tseslint from 'typescript-eslint';

/** Which rooms of src/ a room may import; itself always. */
const ROOMS = {
  shared: [],
  geometry: ['shared'],
  matching: ['shared'],
  quality: ['shared', 'geometry'],
  graph: ['shared'],
  importer: ['shared', 'graph'],
  ceremony: ['shared', 'geometry', 'matching', 'quality'],
  evaluation: ['shared', 'matching'],
  engine: ['shared', 'graph', 'geometry', 'matching', 'quality'],
  worker: ['engine', 'shared'],
  vault: ['shared', 'matching'],
  server: ['shared'],
  client: ['shared', 'geometry', 'matching', 'quality', 'ceremony', 'vault'],
  element: ['client', 'vault', 'shared'],
};
const NAMES = Object.keys(ROOMS);

/**
 * Newer than the oldest promised browser (Chrome 94, Firefox 114, Safari 16.4), and not known to the plugins; by MDN's compatibility data.
 */
const TOO_NEW = [
  ['URL', 'canParse'],
  ['URL', 'parse'],
  ['AbortSignal', 'any'],
  ['AbortSignal', 'timeout'],
  [undefined, 'throwIfAborted'],
  [undefined, 'isWellFormed'],
  [undefined, 'toWellFormed'],
  [undefined, 'checkVisibility'],
  [undefined, 'togglePopover'],
  [undefined, 'showPopover'],
].map(([object, property]) => ({
  ...(object && { object }),
  property,
  message: 'It is newer than the oldest browser that README promises.',
}));

const TENSORFLOW = { group: ['@tensorflow/*'], message: 'Only engine/tfjs/ imports TensorFlow.js.' };

/** @param {{ tensorflow?: boolean }} [allowed] */
const restrictions = (room, { tensorflow = false } = {}) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        ...(tensorflow ? [] : [TENSORFLOW]),
        {
          group: NAMES.filter((other) => other !== room && !ROOMS[room].includes(other)).map((other) => `**/${other}/**`),
          message: `${room}/ may import ${ROOMS[room].join(', ') || 'nothing'} only. (client/ reaches the engine through the worker, by messages.)`,
        },
        { group: ['**/index.js', '**/demo/**', '**/tools/**'], message: 'src/ imports its own modules directly.' },
      ],
    },
  ],
});

const importTable = [
  ...NAMES.map((room) => ({ files: [`src/${room}/**/*.ts`], rules: restrictions(room) })),
  { files: ['src/engine/tfjs/**/*.ts'], rules: restrictions('engine', { tensorflow: true }) },
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'demo-dist/',
      'site/',
      'docs/.vitepress/cache/',
      'docs/public/',
      'test-results/',
      'playwright-report/',
      '.kit/',
      'bench/.cache/',
      'tools/snippets/project/',
      'e2e/bundlers/apps/',
      // Type-checked by their own builds.
      'examples/*/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: ['tsconfig.json', 'tsconfig.worker.json', 'tsconfig.tools.json'] } },
    rules: {
      // Indices are in range by construction in numeric code; noUncheckedIndexedAccess makes every such place say so with a "!".
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Callers may write JavaScript: boundaries check what the types already promise.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  ...importTable,
  {
    files: ['**/*.ts', '**/*.mjs', '**/*.js'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ConditionalExpression > ConditionalExpression > ConditionalExpression',
          message: 'Three conditions in one expression: return early instead.',
        },
      ],
    },
  },
  {
    // What the promised browsers lack (package.json, `browserslist`): globals and static methods by compat, syntax and built-ins by es-x.
    // Methods of instances, such as findLast, are refused by the compiler: the `lib` of tsconfig.json is that of the oldest promised
    // browser.
    files: ['src/**/*.ts', 'demo/**/*.ts'],
    ignores: ['**/*.test.ts', 'demo/server/**', '**/fixtures/**'],
    extends: [compat.configs['flat/recommended'], esx.configs['flat/restrict-to-es2022']],
    // VideoFrame is asked for before it is used.
    settings: { polyfills: ['VideoFrame'] },
    rules: { 'no-restricted-properties': ['error', ...TOO_NEW] },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    // TypeScript checks these files (checkJs), and knows which names exist in Node and in the page.
    rules: { 'no-undef': 'off' },
  },
);
