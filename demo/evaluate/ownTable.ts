import { isDecade } from '../../src/evaluation.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { EvaluationState } from './EvaluationState.js';
import { fillTable } from './fillTable.js';
import { distanceText, intervalText, percent, rateText } from './format.js';

/** What the model's own thresholds do to these pictures. */
export function ownTable({ report, info }: EvaluationState): void {
  const rates = (report?.atThresholds ?? []).filter(({ nominalFmr }) => isDecade(nominalFmr));
  byId('own').hidden = !report || report.genuinePairs + report.impostorPairs === 0 || rates.length === 0;
  setText(
    byId('own-text'),
    info?.measurement
      ? `They were measured on ${info.measurement.dataset}. If far more strangers get in here than intended, use your own.`
      : '',
  );
  fillTable(
    byId('own-table', HTMLTableElement),
    ['Intended for', 'Distance', 'Strangers accepted', '95\u00a0%', 'Genuine refused', '95\u00a0%'],
    rates.map((p) => ({
      cells: [
        rateText(p.nominalFmr),
        distanceText(p.threshold),
        percent(p.fmr),
        intervalText(p.fmrInterval),
        percent(p.fnmr),
        intervalText(p.fnmrInterval),
      ],
    })),
  );
}
