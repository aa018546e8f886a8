import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { packageRoot } from '../packageRoot.js';
import { UsageError } from '../UsageError.js';
import { manifestPath } from './modelFiles.mjs';

/**
 * Looks before minutes of work whether what is to be read is there, and whether what is to be written can be, without destroying anything
 * that is read or written as well. Throws an Error that names the option.
 * @param {import('./parseOptions.mjs').Options} options
 */
export async function checkPaths({ source, html, json, csv, discardChart, operatingPoints, labels, models, model }) {
  const found = (/** @type {string} */ path) => stat(path).catch(() => null);
  const isFolder = async (/** @type {string} */ path) => (await found(path))?.isDirectory() ?? false;
  const option = { people: '--people', pairs: '--images', cfp: '--cfp' }[source.kind];
  if (!(await isFolder(source.folder))) throw new Error(`${option}: ${source.folder} is not a folder`);
  const inputs = { '--labels': labels, '--pairs': source.kind === 'pairs' ? source.pairs : undefined };
  for (const [name, path] of Object.entries(inputs)) {
    if (path !== undefined && !(await found(path))?.isFile()) throw new Error(`${name}: ${path} is not a file`);
  }
  const outputs = { '--html': html, '--json': json, '--csv': csv, '--discard-chart': discardChart, '--operating-points': operatingPoints };
  const manifest = manifestPath(resolve(models ?? join(packageRoot(), 'public/models')), model);
  /** @type {Map<string, string>} what each file is for */
  const taken = new Map();
  for (const [name, path] of Object.entries({ ...inputs, 'the manifest of --model': manifest })) {
    if (path !== undefined) taken.set(await whereIs(path), name);
  }
  for (const [name, path] of Object.entries(outputs)) {
    if (path === undefined) continue;
    if (!(await isFolder(dirname(resolve(path))))) throw new Error(`${name}: the folder of ${path} does not exist`);
    const there = await found(path);
    if (there?.isDirectory()) throw new Error(`${name}: ${path} is a folder`);
    // Such as /dev/null, which takes everything.
    if (there && !there.isFile()) continue;
    const place = await whereIs(path);
    const other = taken.get(place);
    if (other !== undefined) throw new UsageError(`${name}: ${path} is the file of ${other} too, and would overwrite it`);
    taken.set(place, name);
  }
}

/** The same for every way to write a path, also of a file that is not there yet. @param {string} path @returns {Promise<string>} */
async function whereIs(path) {
  const full = resolve(path);
  return realpath(full).catch(async () => join(await realpath(dirname(full)).catch(() => dirname(full)), basename(full)));
}
