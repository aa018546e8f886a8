import { PARTS } from '../parseOptions.mjs';

/**
 * Throws unless results are fit to be published: of every part, and not of a quick run. The tables have no rows for parts that are missing, and
 * would take the place of those that have.
 * @param {import('../Results.d.ts').Results} results
 */
export function checkWhole(results) {
  const missing = PARTS.filter((part) => !results[part]);
  if (missing.length > 0) throw new RangeError(`--docs: expected results of all parts, got none of ${missing.join(', ')}`);
  if (results.settings.quick) throw new RangeError('--docs: expected results that can be quoted, got those of a run with --quick');
}
