import { formatRate } from '../charts/formatRate.js';
import type { Evaluation } from '../Evaluation.js';
import type { Figure } from './figures.js';
import { html, type Content, type Markup } from './html.js';
import { percent } from './numbers.js';
import { protocolTable } from './protocolTable.js';
import { between } from './rateWithInterval.js';

/** Rates shown at the top. */
const RATES = [1e-2, 1e-3];

/** The numbers that people ask for first. */
export function headline({ protocol, report }: Evaluation, n: Figure): Markup {
  const tiles: Markup[] = [];
  if (protocol?.folds) {
    tiles.push(
      tile(
        'Accuracy',
        n('protocol.folds.accuracy', percent),
        html`± ${n('protocol.folds.std', percent)} over ${n('protocol.folds.perFold.length')} folds of ${n('protocol.pairs')} pairs`,
      ),
    );
  }
  if (report?.equalErrorRate) {
    tiles.push(tile('Equal error rate, all pairs', n('report.equalErrorRate.rate', percent), between(n, 'report.equalErrorRate.interval')));
  }
  for (const rate of RATES) {
    const i = report?.operatingPoints.findIndex(({ fmr }) => fmr === rate) ?? -1;
    if (i < 0) continue;
    const at = `report.operatingPoints.${i}`;
    const how = report!.operatingPoints[i]!.extrapolated ? ', extrapolated' : '';
    tiles.push(
      tile(`Refused at a false match rate of ${formatRate(rate)}${how}`, n(`${at}.fnmr`, percent), between(n, `${at}.fnmrInterval`)),
    );
  }
  if (report) {
    tiles.push(
      tile(
        'People',
        n('report.identities'),
        html`${n('report.pictures')} pictures; ${n('report.genuinePairs')} pairs of one person, ${n('report.impostorPairs')} of two`,
      ),
      tile(
        'Failure to acquire',
        n('report.failures.rate', percent),
        html`${n('report.failures.noFace')} without a face, ${n('report.failures.unreadable')} unreadable`,
      ),
    );
  }
  return html`<section aria-label="Headline numbers">
    <dl class="headline">${tiles}</dl>
    ${protocol && protocolTable(protocol, n)}
  </section>`;
}

function tile(name: string, value: Content, more: Content): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
    <dd>${more}</dd>
  </div>`;
}
