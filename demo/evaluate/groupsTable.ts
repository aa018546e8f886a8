import type { GroupPairs } from '../../src/evaluation.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { EvaluationState } from './EvaluationState.js';
import { fillTable } from './fillTable.js';
import { distanceText, intervalText, percent, rateText } from './format.js';

const HEADS = ['Group', 'Pairs of strangers', 'Accepted', '95\u00a0%', 'Genuine pairs', 'Refused', '95\u00a0%'];

/** Who is mistaken for whom, and who is refused, by the groups of `readGroups`. */
export function groupsTable({ report, fmr }: EvaluationState): void {
  const groups = report?.groups;
  const thresholds = groups?.thresholds ?? [];
  // The chosen rate, or the nearest that there are enough pairs for.
  const chosen = thresholds.reduce((best, { fmr: rate }, i) => {
    const away = (at: number) => Math.abs(Math.log(at / fmr));
    return best < 0 || away(rate) < away(thresholds[best]!.fmr) ? i : best;
  }, -1);
  byId('groups').hidden = !groups;
  if (!groups) return;
  const table = byId('groups-table', HTMLTableElement);
  const sizes = groups.groups.map(({ name, people, pictures }) => `${name}: ${people} people, ${pictures} pictures`);
  const at = thresholds[chosen];
  setText(
    byId('groups-text'),
    !at
      ? 'There are too few pairs for a threshold at which groups could be compared.'
      : `At ${distanceText(at.threshold)}, ${rateText(at.fmr)} over all pictures. ${sizes.join('; ')}. An interval from 0 to 100 % means that there are too few people to tell.`,
  );
  if (!at) {
    fillTable(table, HEADS, []);
    return;
  }
  const rates = ({ pairs, rates }: GroupPairs) => {
    const { rate, interval } = rates[chosen]!;
    return [pairs.toLocaleString('en'), rate === null ? '–' : percent(rate), interval ? intervalText(interval) : '–'];
  };
  fillTable(
    table,
    HEADS,
    groups.cells.map(({ a, b, impostor, genuine }) => ({
      cells: [a === b ? a : `${a} × ${b}`, ...rates(impostor), ...rates(genuine)],
    })),
  );
}
