import { discardChart } from '../charts/discardChart.js';
import { formatRate } from '../charts/formatRate.js';
import type { Evaluation } from '../Evaluation.js';
import type { Figure } from './figures.js';
import { html, markup, type Markup } from './html.js';
import { percent } from './numbers.js';
import { scrollingTable } from './scrollingTable.js';

/** The points of a curve that the table shows: all pictures, without the worst tenth, without the worst fifth. */
const SHOWN = [0, 0.1, 0.2];

/** What refusing the worst pictures does. */
export function discardSection({ discards }: Evaluation, n: Figure): Markup {
  if (discards.length === 0) return html``;
  const rates = [...new Set(discards.map(({ fmr }) => fmr))];
  const measures = [...new Set(discards.map(({ measure }) => measure))];
  const overall = discards.filter(({ measure }) => measure === 'score');
  const points = SHOWN.flatMap((share) => {
    const at = discards[0]!.points.findIndex(({ discarded }) => discarded === share);
    return at < 0 ? [] : [{ share, at }];
  });
  return html`<section>
    <h2>What refusing bad pictures is worth</h2>
    <p class="note">Genuine pairs refused when the pictures that a measure of quality calls worst are left out, at fixed thresholds.</p>
    ${
      overall.length > 0 &&
      html`<div class="wide">${markup(discardChart(overall, { width: 540 }))}</div>
        <div class="narrow">${markup(discardChart(overall, { width: 330 }))}</div>`
    }
    ${scrollingTable(
      [
        'measure',
        ...rates.flatMap((fmr) =>
          points.map(({ share }) => `${formatRate(fmr)}, ${share === 0 ? 'all' : `without ${Math.round(share * 100)} %`}`),
        ),
      ],
      measures.map(
        (measure) =>
          html`<tr>
            <th scope="row">${measure}</th>
            ${rates.flatMap((fmr) => {
              const i = discards.findIndex((curve) => curve.measure === measure && curve.fmr === fmr);
              return points.map(({ at }) => html`<td>${n(`discards.${i}.points.${at}.fnmr`, percent)}</td>`);
            })}
          </tr>`,
      ),
    )}
  </section>`;
}
