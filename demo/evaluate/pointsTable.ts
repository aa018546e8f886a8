import { byId } from '../ui/byId.js';
import type { EvaluationState } from './EvaluationState.js';
import { fillTable } from './fillTable.js';
import { distanceText, intervalText, percent, rateText } from './format.js';

/** The operating points of single pictures, the chosen one marked. */
export function pointsTable({ report, fmr }: EvaluationState): void {
  const points = report?.operatingPoints ?? [];
  byId('points').hidden = points.length === 0;
  fillTable(
    byId('points-table', HTMLTableElement),
    ['Strangers accepted', 'Distance', 'Genuine refused', '95\u00a0%', 'Strangers, 95\u00a0%'],
    points.map((p) => ({
      cells: [rateText(p.fmr), distanceText(p.threshold), percent(p.fnmr), intervalText(p.fnmrInterval), intervalText(p.fmrInterval)],
      chosen: p.fmr === fmr,
    })),
  );
}
