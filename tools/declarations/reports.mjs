import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** What `npm run build` last found: for each entry a report of its public API. */
export const FRESH_REPORTS = join(ROOT, '.cache/api');
/** The reports of each version, checked in; those of the version in `package.json` may still change, the others are released. */
export const ALL_REPORTS = join(ROOT, 'etc');

/** @returns {string} */
export function packageVersion() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
}

/** @param {string} entry */
export const reportName = (entry) => `${entry.replaceAll('/', '-')}.api.md`;
