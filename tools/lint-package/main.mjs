// npm run lint:package: what somebody who installs the package meets. Looks at what npm run build made.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { checkReports } from '../declarations/checkReports.mjs';
import { ALIASES, ENTRIES, FRAMEWORKS } from '../declarations/entries.mjs';
import { ALL_REPORTS, FRESH_REPORTS, packageVersion } from '../declarations/reports.mjs';
import { compileSnippets } from '../snippets/compileSnippets.mjs';
import { readSnippets } from '../snippets/readSnippets.mjs';
import { overBudget } from './overBudget.mjs';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

/** Runs a command in the repository; its output is the fault if it fails. @param {string} command @param {...string} args */
async function faultsOf(command, ...args) {
  try {
    await run(command, args, { cwd: ROOT, shell: process.platform === 'win32' });
    return [];
  } catch (error) {
    const { stdout, stderr, message } = /** @type {Error & { stdout?: string, stderr?: string }} */ (error);
    return [`${stdout ?? ''}${stderr ?? ''}`.trim() || message];
  }
}

/** Packs what is built. @param {string} folder @returns {Promise<string>} the tarball's path */
async function pack(folder) {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { cwd: ROOT, shell: process.platform === 'win32' });
  return join(folder, JSON.parse(stdout)[0].filename);
}

/** The modules that an app imports by name, by their paths below dist/. @param {{ exports?: Record<string, string | { default?: string }> }} pkg */
function modulesOf({ exports = {} }) {
  const targets = Object.values(exports).map((target) => (typeof target === 'string' ? target : (target.default ?? '')));
  return targets.flatMap((target) => /^\.\/dist\/([^*]+\.js)$/.exec(target)?.slice(1) ?? []);
}

/** There is one file of declarations for each entry, and no other. @param {string} dist */
async function strayDeclarations(dist) {
  const expected = [...Object.keys({ ...ENTRIES, ...ALIASES }), ...FRAMEWORKS].map((entry) => `${entry}.d.ts`);
  const found = (await readdir(dist, { recursive: true })).filter((name) => name.endsWith('.d.ts'));
  return found.filter((name) => !expected.includes(name)).map((name) => `dist/${name} is the declarations of no entry`);
}

const read = (/** @type {string} */ path) => readFile(join(ROOT, path), 'utf8');

await mkdir(join(ROOT, '.cache'), { recursive: true });
// Inside the repository, so that the snippets find other packages, too.
const folder = await mkdtemp(join(ROOT, '.cache/package-'));
try {
  const tarball = await pack(folder);
  const installed = join(folder, 'node_modules/visavis');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', installed, '--strip-components', '1']);

  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
  const budgets = await overBudget(join(installed, 'dist'), JSON.parse(await read('tools/lint-package/budgets.json')), modulesOf(pkg));
  const snippets = await readSnippets();
  const { compilers, faults } = await compileSnippets(folder, snippets);
  const reports = {
    ...{ version: packageVersion(), entries: Object.keys(ENTRIES) },
    ...{ fresh: FRESH_REPORTS, all: ALL_REPORTS, changelog: await read('CHANGELOG.md') },
  };
  // The worker is started, not imported: it declares nothing.
  const types = ['attw', tarball, '--profile', 'esm-only', '--exclude-entrypoints', './worker'];
  /** @type {[check: string, faults: string[]][]} */
  const checks = [
    ['publint', messages.map((message) => formatMessage(message, pkg) ?? message.code)],
    ['are the types wrong', await faultsOf('npx', ...types)],
    ['one file of declarations for each entry', await strayDeclarations(join(installed, 'dist'))],
    ['public API', await checkReports(reports)],
    [`${snippets.length} snippets (${compilers.join('; ')})`, faults],
    [`budgets (${budgets.sizes.join('; ')})`, budgets.faults],
  ];
  for (const [check, found] of checks) {
    console.log(`${found.length === 0 ? '✓' : '✗'} ${check}`);
    for (const fault of found) console.error(fault.replaceAll(/^/gm, '  '));
    if (found.length > 0) process.exitCode = 1;
  }
} finally {
  // Compilers may still write where another one has failed.
  await rm(folder, { recursive: true, maxRetries: 5 });
}
