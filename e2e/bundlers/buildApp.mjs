import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './runCommand.mjs';

const APPS = join(import.meta.dirname, 'apps');
const MAIN = `import { check } from './check.js';\n\nvoid check();\n`;
const FACE = join(import.meta.dirname, '../fixtures/faces/person01-a-front.jpg');
/**
 * What a tool may say: that there are no warnings; and webpack's advice about files above 244 KiB, which TensorFlow.js is. Webpack copies it
 * beside the app, where the worker fetches it in the rare case that it needs it.
 */
const HARMLESS = [/\b0 warnings/i, /ExperimentalWarning/, /WARNING in asset size limit/, /compiled with 1 warning/];

/**
 * Makes an app from its folder, installs the tarball and its tools, and builds it.
 * @param {import('./cells.mjs').Cell} cell
 * @param {string} folder empty
 * @param {string} tarball
 * @returns {Promise<string[]>} what the tools warned of
 */
export async function buildApp(cell, folder, tarball) {
  const { app, source = '.', main, page, output, copied = {} } = cell;
  if (app) await cp(join(APPS, app), folder, { recursive: true });
  await writeInto(folder, join(source, 'check.js'), withOptions(await readFile(join(APPS, 'check.js'), 'utf8'), cell));
  if (main) await writeInto(folder, join(source, main), MAIN);
  if (page) await writeInto(folder, page.path, pageOf(page.body));
  const dependencies = { visavis: `file:${tarball}`, ...cell.packages };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module', dependencies }, null, 2));
  await runCommand(folder, ['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']);
  const installed = join(folder, 'node_modules/visavis');
  if (cell.publicFolder) await fillPublic(join(folder, cell.publicFolder), installed);
  const warnings = [];
  for (const command of cell.build) warnings.push(...warningsIn(await runCommand(folder, command)));
  if (output) await fillPublic(join(folder, output), installed);
  for (const [from, to] of Object.entries(copied)) await cp(join(installed, from), join(folder, output ?? '', to), { recursive: true });
  return warnings;
}

async function writeInto(/** @type {string} */ folder, /** @type {string} */ path, /** @type {string} */ text) {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}

const pageOf = (/** @type {string} */ body) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>App</title><link rel="icon" href="data:," /></head><body>${body}</body></html>`;

/** The models and the picture, where the app's server finds them. */
async function fillPublic(/** @type {string} */ folder, /** @type {string} */ installed) {
  await mkdir(folder, { recursive: true });
  await cp(join(installed, 'public/models'), join(folder, 'models'), { recursive: true });
  await cp(FACE, join(folder, 'face.jpg'));
}

/** check.js for the cell's entry and worker. */
function withOptions(/** @type {string} */ text, /** @type {import('./cells.mjs').Cell} */ { entry = 'visavis', workerUrl }) {
  const options = `const OPTIONS = { modelsUrl: '/models/'${workerUrl ? `, workerUrl: '${workerUrl}'` : ''} };`;
  const changed = text.replace("from 'visavis'", `from '${entry}'`).replace("const OPTIONS = { modelsUrl: '/models/' };", options);
  if (!changed.includes(options) || !changed.includes(`'${entry}'`)) throw new Error('check.js has changed; see withOptions');
  return changed;
}

/** The lines of a tool's output that warn. */
export function warningsIn(/** @type {string} */ output) {
  return output.split('\n').filter((line) => /\bwarn(ing)?s?\b/i.test(line) && !HARMLESS.some((pattern) => pattern.test(line)));
}
