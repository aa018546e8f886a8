import { formatRate } from '../charts/formatRate.js';
import type { VerificationReport } from '../statistics/VerificationReport.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { four } from './numbers.js';
import { rateWithInterval } from './rateWithInterval.js';
import { scrollingTable } from './scrollingTable.js';

/** The operating points measured on these pictures. */
export function operatingPointTable({ operatingPoints }: VerificationReport, n: Figure): Markup {
  if (operatingPoints.length === 0) return html``;
  return html`<section>
    <h2>Operating points</h2>
    <p class="note">
      All pairs of ${n('report.embedded')} pictures of ${n('report.measurement.identities')} people, one picture on either side. A pair
      matches at or below the
      threshold.${operatingPoints.some(({ extrapolated }) => extrapolated) && html` Rates that are extrapolated were not counted: too few pairs are that much alike.`}
    </p>
    ${scrollingTable(
      [html`false match rate (95&nbsp;%)`, 'distance threshold', html`genuine pairs refused (95&nbsp;%)`],
      operatingPoints.map(({ extrapolated }, i) => {
        const at = `report.operatingPoints.${i}`;
        return html`<tr>
          <th scope="row">
            ${rateWithInterval(n, `${at}.fmr`, `${at}.fmrInterval`, formatRate)}${extrapolated && html` <span class="sub">extrapolated</span>`}
          </th>
          <td>${n(`${at}.threshold`, four)}</td>
          <td>${rateWithInterval(n, `${at}.fnmr`, `${at}.fnmrInterval`)}</td>
        </tr>`;
      }),
    )}
  </section>`;
}
