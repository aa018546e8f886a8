import type { FusedReport } from '../../src/evaluation.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { EvaluationState } from './EvaluationState.js';
import { fillTable, type TableRow } from './fillTable.js';
import { distanceText, intervalText, percent, rateText } from './format.js';

/** What several frames do to the errors, at the chosen rate. */
export function framesTable({ report, fused, fusedLeft, fmr }: EvaluationState): void {
  byId('frames').hidden = !report || report.genuinePairs === 0 || report.impostorPairs === 0;
  setText(
    byId('frames-text'),
    `Templates from several pictures against several frames, at ${rateText(fmr)}. A row leaves out people with fewer pictures than it needs, so rows are based on different people.`,
  );
  fillTable(
    byId('frames-table', HTMLTableElement),
    ['Template, attempt', 'Distance', 'Genuine refused', '95\u00a0%', 'Equal error rate', 'People'],
    fused.map((row) => rowOf(row, fmr)),
  );
  setText(byId('frames-left'), fusedLeft > 0 ? `${fusedLeft} more to measure …` : '');
}

function rowOf({ templateFrames, probeFrames, identities, operatingPoints, equalErrorRate }: FusedReport, fmr: number): TableRow {
  const point = operatingPoints.find((p) => p.fmr === fmr);
  const rates = point
    ? [distanceText(point.threshold), percent(point.fnmr), intervalText(point.fnmrInterval)]
    : [identities === 0 ? 'too few pictures' : 'too few pairs', '–', '–'];
  const equal = equalErrorRate ? percent(equalErrorRate.rate) : '–';
  return { cells: [`${templateFrames}, ${probeFrames}`, ...rates, equal, identities.toLocaleString('en')] };
}
