// The matrix: one row for each tool and each way of using it, with its default settings. Versions are exact, so that every run is of the same tools.

/**
 * @typedef {object} Cell
 * @property {string} id
 * @property {string} name as the table shows it
 * @property {string} [app] folder of apps/ with the files that only this app has
 * @property {string} version what the table shows beside the name
 * @property {Record<string, string>} packages installed beside visavis
 * @property {string[][]} build commands, run in the app's folder; none may warn
 * @property {string} [source] where the app's sources lie, for check.js
 * @property {string} [main] a file of the sources that only calls check.js, for apps that need no more
 * @property {{ path: string, body: string }} [page] the app's page, and what its body holds
 * @property {string} [publicFolder] where the app's server looks for files such as the models
 * @property {string} [output] folder of the built app, served as it is
 * @property {string[]} [server] a command that serves the app; `PORT` is replaced
 * @property {'visavis' | 'visavis/inline'} [entry] what the app imports
 * @property {string} [workerUrl] for tools that do not follow `new URL`: where the app serves the worker
 * @property {Record<string, string>} [copied] files and folders of the package, and where in the output an app's author copies them
 * @property {string} [failsWith] for tools that do not follow `new URL`: what the error has to say where nothing was copied
 * @property {string} settings what an app has to do beyond its defaults, as the table shows it
 */

const REACT = { react: '19.3.1', 'react-dom': '19.3.1' };
const NEXT = { next: '16.4.6', ...REACT };
const ANGULAR = Object.fromEntries(
  ['cli', 'build', 'core', 'common', 'compiler', 'compiler-cli', 'platform-browser'].map((name) => [
    `@angular/${name}`,
    name === 'cli' || name === 'build' ? '21.2.27' : '21.2.26',
  ]),
);
const ESBUILD = { esbuild: '0.28.2' };
const ROLLUP = { rollup: '4.68.8', '@rollup/plugin-node-resolve': '16.0.3' };
const MODULE = '<p id="answer"></p><script type="module" src="main.js"></script>';
const IMPORT_MAP = '<script type="importmap">{ "imports": { "visavis": "/visavis/visavis.js" } }</script>';
/** An app of one script, built into a folder where its page is. */
const BUNDLED = { main: 'main.js', page: { path: 'out/index.html', body: MODULE }, output: 'out' };
const BUNDLE_ESBUILD = [['esbuild', 'main.js', '--bundle', '--format=esm', '--outfile=out/main.js', '--log-level=warning']];
const BY_HAND = '`workerUrl`, with `dist/visavis/visavis-worker.js` copied beside the app';
const NAMES_WORKER_URL = 'workerUrl';

/** @returns {Cell[]} */
function vite(/** @type {string} */ version) {
  const major = version.split('.')[0];
  const page = { path: 'index.html', body: MODULE.replace('main.js', '/src/main.js') };
  const common = { version, packages: { vite: version }, source: 'src', main: 'main.js', page, settings: 'none' };
  return [
    { ...common, id: `vite${major}`, name: 'Vite, build', build: [['vite', 'build', '--logLevel', 'warn']], output: 'dist' },
    {
      ...common,
      id: `vite${major}-dev`,
      name: 'Vite, dev',
      build: [],
      publicFolder: 'public',
      server: ['vite', '--port', 'PORT', '--strictPort'],
    },
  ];
}

/** @returns {Cell[]} */
function unfollowed(/** @type {Omit<Cell, 'settings'>} */ cell) {
  const { id } = cell;
  return [
    { ...cell, id: `${id}-inline`, entry: 'visavis/inline', settings: '`visavis/inline`' },
    { ...cell, id, workerUrl: '/visavis-worker.js', copied: { 'dist/visavis/visavis-worker.js': 'visavis-worker.js' }, settings: BY_HAND },
    { ...cell, id: `${id}-nothing`, failsWith: NAMES_WORKER_URL, settings: 'none: the error says `workerUrl`' },
  ];
}

/** @type {Cell[]} */
export const CELLS = [
  {
    id: 'html',
    name: 'Plain HTML',
    version: '',
    packages: {},
    main: 'main.js',
    page: { path: 'index.html', body: IMPORT_MAP + MODULE },
    build: [],
    output: '.',
    copied: { dist: 'visavis' },
    settings: 'an import map',
  },
  ...['5.4.21', '6.4.6', '7.3.8', '8.4.0'].flatMap(vite),
  {
    id: 'webpack',
    name: 'webpack',
    version: '5.113.0',
    packages: { webpack: '5.113.0', 'webpack-cli': '7.3.1' },
    source: 'src',
    main: 'index.js',
    page: { path: 'dist/index.html', body: '<p id="answer"></p><script defer src="main.js"></script>' },
    build: [['webpack', '--mode', 'production']],
    output: 'dist',
    settings: 'none',
  },
  ...['turbopack', 'webpack'].map((tool) => ({
    id: `next-${tool}`,
    name: `Next.js, ${tool === 'webpack' ? 'webpack' : 'Turbopack'}`,
    app: 'next',
    version: NEXT.next,
    packages: NEXT,
    source: 'app',
    publicFolder: 'public',
    build: [['next', 'build', `--${tool}`]],
    server: ['next', 'start', '-p', 'PORT'],
    settings: 'none',
  })),
  ...unfollowed({ ...BUNDLED, id: 'esbuild', name: 'esbuild', version: ESBUILD.esbuild, packages: ESBUILD, build: BUNDLE_ESBUILD }),
  ...unfollowed({
    ...BUNDLED,
    id: 'rollup',
    name: 'Rollup',
    app: 'rollup',
    version: ROLLUP.rollup,
    packages: ROLLUP,
    build: [['rollup', '-c']],
  }),
  {
    id: 'parcel',
    name: 'Parcel',
    version: '2.16.4',
    packages: { parcel: '2.16.4' },
    main: 'main.js',
    page: { path: 'index.html', body: MODULE },
    build: [['parcel', 'build', 'index.html', '--no-cache', '--dist-dir', 'out']],
    output: 'out',
    settings: 'none',
  },
  ...unfollowed({
    id: 'angular',
    name: 'Angular',
    app: 'angular',
    version: ANGULAR['@angular/core'] ?? '',
    packages: { ...ANGULAR, rxjs: '7.8.2', tslib: '2.8.1', typescript: '5.9.3' },
    source: 'src',
    page: { path: 'src/index.html', body: '<app-root></app-root>' },
    build: [['ng', 'build']],
    output: 'out/browser',
  }),
  {
    id: 'sveltekit',
    name: 'SvelteKit',
    app: 'sveltekit',
    version: '2.70.4',
    packages: {
      '@sveltejs/kit': '2.70.4',
      '@sveltejs/adapter-static': '3.0.10',
      '@sveltejs/vite-plugin-svelte': '6.2.1',
      svelte: '5.57.3',
      vite: '7.3.8',
    },
    source: 'src',
    build: [['vite', 'build', '--logLevel', 'warn']],
    output: 'build',
    settings: 'none',
  },
  { id: 'node', name: 'Node.js, import', app: 'node', version: '', packages: {}, build: [['node', 'import.mjs']], settings: 'none' },
  {
    id: 'vitest',
    name: 'Vitest with jsdom',
    app: 'vitest',
    version: '4.1.12',
    packages: { vitest: '4.1.12', jsdom: '27.0.0' },
    build: [['vitest', 'run', '--environment', 'jsdom']],
    settings: 'none',
  },
  {
    id: 'jest',
    name: 'Jest with jsdom',
    app: 'jest',
    version: '30.5.2',
    packages: { jest: '30.5.2', 'jest-environment-jsdom': '30.5.2' },
    build: [['node', '--no-warnings', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--config', 'jest.config.json']],
    settings: '`node --experimental-vm-modules`, `transform: {}`',
  },
  {
    id: 'eslint',
    name: 'eslint-plugin-import',
    app: 'eslint',
    version: '2.32.0',
    packages: { eslint: '9.39.1', 'eslint-plugin-import': '2.32.0' },
    build: [['eslint', '--config', 'imports.config.js', '--max-warnings', '0', 'main.js']],
    settings: 'none',
  },
  {
    id: 'markup',
    name: 'Types of the tag: React 18, Vue, Svelte',
    app: 'markup',
    version: '',
    packages: {
      '@types/react': '18.3.27',
      'svelte-check': '4.7.8',
      'vue-tsc': '3.3.14',
      svelte: '5.57.3',
      typescript: '6.0.3',
      vue: '3.5.45',
    },
    build: [['node', 'check.mjs']],
    settings: 'none',
  },
];
