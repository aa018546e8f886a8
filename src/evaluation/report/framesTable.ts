import { formatRate } from '../charts/formatRate.js';
import type { Evaluation } from '../Evaluation.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { four, percent } from './numbers.js';
import { rateWithInterval } from './rateWithInterval.js';
import { scrollingTable } from './scrollingTable.js';

/** Rates at which several pictures are compared: the three smallest of these that are supported. */
const RATES = [1e-1, 1e-2, 1e-3, 1e-4];

/** What fusing several pictures does to the errors. */
export function framesTable({ report, fused }: Evaluation, n: Figure): Markup {
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
      Genuine pairs refused if templates, probes or both are fused from several pictures, with the distance threshold below. Only people
      with enough pictures can be in genuine pairs, so the rows are not of the same people.
    </p>
    ${scrollingTable(
      [
        'template / probe pictures',
        'people in genuine pairs',
        'equal error rate',
        ...rates.map((rate) => `refused at ${formatRate(rate)}`),
      ],
      rows.map(
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
                <span class="sub below"
                  >at ${n(`${at}.operatingPoints.${i}.threshold`, four)}${curve.operatingPoints[i]!.extrapolated && ', extrapolated'}</span
                >
              </td>`;
            })}
          </tr>`,
      ),
    )}
  </section>`;
}
