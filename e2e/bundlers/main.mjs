// npm run bundlers: packs the library, installs the tarball in an app for each tool, builds it, and opens it in a browser. The same with the
// apps of examples/, which it also uses.
//   --only vite5,example-vue   these rows alone    --jobs 2   so many at once
//   --write                the table of docs/bundlers.md anew
//   --keep                 leaves the apps where they were built
import { mkdtemp, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { findBrowser, LAUNCH_ARGS } from '../../tools/browser.mjs';
import { count } from '../../tools/count.mjs';
import { namesOf } from '../../tools/namesOf.mjs';
import { buildApp } from './buildApp.mjs';
import { CELLS } from './cells.mjs';
import { exampleNames, runExamples } from './examples.mjs';
import { judge } from './judge.mjs';
import { openApp } from './openApp.mjs';
import { runCommand } from './runCommand.mjs';
import { writeTable } from './writeTable.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string' }, jobs: { type: 'string', default: '2' }, write: { type: 'boolean' }, keep: { type: 'boolean' } },
});
const jobs = count('--jobs', values.jobs);
const only = values.only?.split(',');
const examples = await exampleNames();
const ids = namesOf('--only', only, [...CELLS.map(({ id }) => id), ...examples.map((name) => `example-${name}`)]);
const cells = CELLS.filter(({ id }) => ids.includes(id));
const chosen = examples.filter((name) => ids.includes(`example-${name}`));
const root = join(import.meta.dirname, '../..');
const folder = await mkdtemp(join(tmpdir(), 'visavis-bundlers-'));
const browser = await chromium.launch({ executablePath: findBrowser(), args: LAUNCH_ARGS });

/** @type {import('./writeTable.mjs').Row[]} */
const rows = [];
try {
  await runCommand(root, ['npm', 'pack', '--ignore-scripts', '--pack-destination', folder]);
  const tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '');
  const queue = [...cells];
  const together = async () => {
    if (chosen.length > 0) await useExamples(tarball);
    await work(queue, tarball);
  };
  await Promise.all(Array.from({ length: jobs }, (_, i) => (i === 0 ? together() : work(queue, tarball))));
} finally {
  await browser.close();
  if (values.keep) console.log(`kept in ${folder}`);
  else await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
const failed = rows.filter(({ faults }) => faults.length > 0);
console.log(`\n${rows.length - failed.length} of ${rows.length} work`);
if (values.write && failed.length === 0 && !only) await writeTable(join(root, 'docs/bundlers.md'), CELLS, rows);
process.exitCode = failed.length > 0 ? 1 : 0;

async function work(/** @type {import('./cells.mjs').Cell[]} */ queue, /** @type {string} */ tarball) {
  for (let cell = queue.shift(); cell; cell = queue.shift()) {
    const began = performance.now();
    report(await run(cell, tarball).catch((error) => ({ id: cell.id, faults: [String(error.message).slice(0, 3000)] })), began);
  }
}

async function useExamples(/** @type {string} */ tarball) {
  const apps = join(folder, 'examples');
  await mkdir(apps);
  let began = performance.now();
  await runExamples(chosen, apps, tarball, (row) => {
    report(row, began);
    began = performance.now();
  }).catch((error) => report({ id: 'examples', faults: [String(error.message).slice(0, 3000)] }, began));
}

/** @param {import('./writeTable.mjs').Row} row @param {number} began */
function report(row, began) {
  rows.push(row);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const says = row.faults.length === 0 ? 'works' : `FAILS\n  ${row.faults.join('\n  ')}`;
  console.log(`${row.id} (${seconds} s): ${says}`);
}

/** @returns {Promise<import('./writeTable.mjs').Row>} */
async function run(/** @type {import('./cells.mjs').Cell} */ cell, /** @type {string} */ tarball) {
  const app = join(folder, cell.id);
  await mkdir(app);
  const warnings = await buildApp(cell, app, tarball);
  if (!cell.output && !cell.server) return { id: cell.id, faults: warnings };
  const opened = await openApp(cell, app, browser);
  if (!values.keep) await rm(app, { recursive: true, force: true, maxRetries: 5 });
  const { milliseconds } = opened.answer;
  return {
    id: cell.id,
    faults: [...warnings, ...judge(cell, opened)],
    workerBytes: opened.workerBytes,
    milliseconds: Number(milliseconds),
  };
}
