import { detChart } from '../charts/detChart.mjs';
import { rocChart } from '../charts/rocChart.mjs';
import { scoreChart } from '../charts/scoreChart.mjs';
import { html, markup } from './html.mjs';

const WIDE = 540;
const NARROW = 330;

/**
 * The charts, each drawn for a wide and for a narrow screen: text keeps its size.
 * @param {import('../statistics/measure.mjs').Report} report
 * @param {import('./html.mjs').Content} beside a section for the free place
 */
export function chartSections({ curve, operatingPoints: points, equalErrorRate, histogram, genuinePairs, impostorPairs }, beside) {
  const drawable = curve.length > 1 && equalErrorRate !== null;
  return html`<div class="charts">
    ${drawable && section('Genuine pairs accepted, by false match rate', (width) => rocChart(curve, { points, width }))}
    ${drawable && section('Detection error tradeoff', (width) => detChart(curve, { points, equalErrorRate, width }))}
    ${genuinePairs + impostorPairs > 0 && section('Distances', (width) => scoreChart(histogram, { thresholds: points, width }))} ${beside}
  </div>`;
}

/** @param {string} title @param {(width: number) => string} draw */
function section(title, draw) {
  return html`<section>
    <h2>${title}</h2>
    <div class="wide">${markup(draw(WIDE))}</div>
    <div class="narrow">${markup(draw(NARROW))}</div>
  </section>`;
}
