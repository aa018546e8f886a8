import { RECIPES } from '../folders.mjs';
import { PARTS } from '../parseOptions.mjs';

/**
 * Throws unless results are fit to be published: of every part and network, and not of a quick run. The tables have no rows for what is missing,
 * and would take the place of those that have.
 * @param {import('../Results.d.ts').Results} results
 */
export function checkWhole(results) {
  const missing = PARTS.filter((part) => !results[part]);
  if (missing.length > 0) throw new RangeError(`--docs: expected results of all parts, got none of ${missing.join(', ')}`);
  const networks = results.recognizers?.networks.map(({ id }) => id);
  const unmeasured = RECIPES.filter((id) => !networks?.includes(id));
  if (unmeasured.length > 0) throw new RangeError(`--docs: expected results of all networks, got none of ${unmeasured.join(', ')}`);
  if (results.settings.quick) throw new RangeError('--docs: expected results that can be quoted, got those of a run with --quick');
}
