import { formatRate } from '../charts/formatRate.js';
import type { VerificationReport } from '../statistics/VerificationReport.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { four } from './numbers.js';
import { rateWithInterval } from './rateWithInterval.js';

/** How the thresholds that come with the model perform on these pictures. */
export function knownPointTable({ atThresholds, genuinePairs, impostorPairs }: VerificationReport, n: Figure): Markup {
  if (atThresholds.length === 0 || genuinePairs + impostorPairs === 0) return html``;
  return html`<section>
    <h2>The model’s own thresholds on these pictures</h2>
    <p class="note">
      Left: the rate that the model promises. If the rate measured here is above it, more strangers than promised get through among people
      like these.
    </p>
    <div class="scroll" role="group" aria-label="Table, scrolls sideways" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">promised false match rate</th>
            <th scope="col">distance threshold</th>
            <th scope="col">measured here (95&nbsp;%)</th>
            <th scope="col">genuine pairs refused (95&nbsp;%)</th>
          </tr>
        </thead>
        <tbody>
          ${atThresholds.map(({ fmrInterval, fnmrInterval }, i) => {
            const at = `report.atThresholds.${i}`;
            return html`<tr>
              <th scope="row">${n(`${at}.nominalFmr`, formatRate)}</th>
              <td>${n(`${at}.threshold`, four)}</td>
              <td>${rateWithInterval(n, `${at}.fmr`, fmrInterval && `${at}.fmrInterval`)}</td>
              <td>${rateWithInterval(n, `${at}.fnmr`, fnmrInterval && `${at}.fnmrInterval`)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}
