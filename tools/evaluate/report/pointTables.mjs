import { formatRate } from '../charts/formatRate.mjs';
import { four, percent } from './figures.mjs';
import { rateWithInterval } from './headline.mjs';
import { html } from './html.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */

/** Rates at which several pictures are compared: the smallest three of these that are supported. */
const RATES = [1e-1, 1e-2, 1e-3, 1e-4];

/** @param {import('../statistics/measure.mjs').Report} report @param {Figure} n */
export function operatingPointTable({ operatingPoints }, n) {
  if (operatingPoints.length === 0) return html``;
  return html`<section>
    <h2>Operating points</h2>
    <p class="note">
      All pairs of ${n('report.embedded')} pictures of ${n('report.measurement.identities')} people, one picture on either side. A pair
      matches at or below the threshold.
    </p>
    <div class="scroll" role="group" aria-label="Table, scrolls sideways" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">false match rate (95&nbsp;%)</th>
            <th scope="col">distance threshold</th>
            <th scope="col">genuine pairs refused (95&nbsp;%)</th>
          </tr>
        </thead>
        <tbody>
          ${operatingPoints.map((_, i) => {
            const at = `report.operatingPoints.${i}`;
            return html`<tr>
              <th scope="row">${rateWithInterval(n, `${at}.fmr`, `${at}.fmrInterval`, formatRate)}</th>
              <td>${n(`${at}.threshold`, four)}</td>
              <td>${rateWithInterval(n, `${at}.fnmr`, `${at}.fnmrInterval`)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** How the thresholds that the model comes with do on these pictures. @param {import('../statistics/measure.mjs').Report} report @param {Figure} n */
export function knownPointTable({ atThresholds, genuinePairs, impostorPairs }, n) {
  if (atThresholds.length === 0 || genuinePairs + impostorPairs === 0) return html``;
  return html`<section>
    <h2>The model’s own thresholds on these pictures</h2>
    <p class="note">
      Left: the rate that the model promises. If the rate that was measured here lies above it, more strangers than promised pass for people
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

/** @param {import('./Evaluation.js').Evaluation} evaluation @param {Figure} n */
export function framesTable({ report, fused }, n) {
  const usable = fused.filter(({ operatingPoints }) => operatingPoints.length > 0);
  if (fused.length === 0) return html``;
  const rates = RATES.filter((rate) => usable.some(({ operatingPoints }) => operatingPoints.some(({ fmr }) => fmr === rate))).slice(-3);
  if (usable.length === 0 || rates.length === 0) {
    return html`<section>
      <h2>Several pictures of a person</h2>
      <p>Too few people have several pictures to measure what fusing them is worth.</p>
    </section>`;
  }
  const rows = [
    ...(report && report.operatingPoints.length > 0
      ? [{ at: 'report', template: html`1`, probe: html`1`, people: html`all with two pictures`, curve: report }]
      : []),
    ...fused.flatMap((curve, i) =>
      curve.operatingPoints.length === 0
        ? []
        : [
            {
              at: `fused.${i}`,
              template: n(`fused.${i}.templateFrames`),
              probe: n(`fused.${i}.probeFrames`),
              people: n(`fused.${i}.identities`),
              curve,
            },
          ],
    ),
  ];
  return html`<section>
    <h2>Several pictures of a person</h2>
    <p class="note">
      Genuine pairs refused where templates, probes or both are fused from several pictures, with the distance threshold below. Only people
      with enough pictures can be in genuine pairs, so the rows are not of the same people.
    </p>
    <div class="scroll" role="group" aria-label="Table, scrolls sideways" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">template / probe pictures</th>
            <th scope="col">people in genuine pairs</th>
            <th scope="col">equal error rate</th>
            ${rates.map((rate) => html`<th scope="col">refused at ${formatRate(rate)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ at, template, probe, people, curve }) =>
              html`<tr>
                <th scope="row">${template} / ${probe}</th>
                <td>${people}</td>
                <td>${n(`${at}.equalErrorRate.rate`, percent)}</td>
                ${rates.map((rate) => {
                  const i = curve.operatingPoints.findIndex(({ fmr }) => fmr === rate);
                  if (i < 0) return html`<td>–</td>`;
                  return html`<td>
                    ${rateWithInterval(n, `${at}.operatingPoints.${i}.fnmr`, `${at}.operatingPoints.${i}.fnmrInterval`)}
                    <span class="sub below">at ${n(`${at}.operatingPoints.${i}.threshold`, four)}</span>
                  </td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
