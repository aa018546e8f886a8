// Loads TypeScript from src/ for tools that Node runs directly.
import { join } from 'node:path';
import { runnerImport } from 'vite';

const ROOT = join(import.meta.dirname, '..');

/**
 * Imports a TypeScript module with all that it imports. Takes a few tenths of a second: not for what runs before every build.
 * @param {string} path from the root of the repository
 * @returns {Promise<any>} what it exports; give it a type where it arrives
 */
export async function loadSource(path) {
  const { module } = await runnerImport(join(ROOT, path), { root: ROOT, configFile: false, logLevel: 'warn' });
  return module;
}
