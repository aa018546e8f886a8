import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'public/models/';

const { files, workspaces } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));

/**
 * The ids of the models that ship, in the package or in packages of their own. What else lies in public/models was added or imported there,
 * or is what an ended run has left: nothing is expected of it.
 * @type {readonly string[]}
 */
export const SHIPPED_MODELS = [...files, ...workspaces]
  .filter((/** @type {string} */ path) => path.startsWith(FOLDER))
  .map((/** @type {string} */ path) => path.slice(FOLDER.length))
  .sort();
