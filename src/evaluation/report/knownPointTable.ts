import { formatRate } from '../charts/formatRate.js';
import type { VerificationReport } from '../statistics/VerificationReport.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { four } from './numbers.js';
import { rateWithInterval } from './rateWithInterval.js';
import { scrollingTable } from './scrollingTable.js';

/** How the thresholds that come with the model perform on these pictures. */
export function knownPointTable({ atThresholds, genuinePairs, impostorPairs }: VerificationReport, n: Figure): Markup {
  if (atThresholds.length === 0 || genuinePairs + impostorPairs === 0) return html``;
  return html`<section>
    <h2>The model’s own thresholds on these pictures</h2>
    <p class="note">
      Left: the rate that the model promises. If the rate measured here is above it, more strangers than promised get through among people
      like these.
    </p>
    ${scrollingTable(
      ['promised false match rate', 'distance threshold', html`measured here (95&nbsp;%)`, html`genuine pairs refused (95&nbsp;%)`],
      atThresholds.map(({ fmrInterval, fnmrInterval }, i) => {
        const at = `report.atThresholds.${i}`;
        return html`<tr>
          <th scope="row">${n(`${at}.nominalFmr`, formatRate)}</th>
          <td>${n(`${at}.threshold`, four)}</td>
          <td>${rateWithInterval(n, `${at}.fmr`, fmrInterval && `${at}.fmrInterval`)}</td>
          <td>${rateWithInterval(n, `${at}.fnmr`, fnmrInterval && `${at}.fnmrInterval`)}</td>
        </tr>`;
      }),
    )}
  </section>`;
}
