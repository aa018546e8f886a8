import { detChart } from '../charts/detChart.js';
import { rocChart } from '../charts/rocChart.js';
import { scoreChart } from '../charts/scoreChart.js';
import type { VerificationReport } from '../statistics/VerificationReport.js';
import type { Content } from './html.js';
import { html, markup, type Markup } from './html.js';

const WIDE = 540;
const NARROW = 330;

/**
 * The charts, each drawn for a wide and for a narrow screen, so that text keeps its size.
 * @param beside a section for the free slot
 */
export function chartSections(
  { curve, operatingPoints: points, equalErrorRate, histogram, genuinePairs, impostorPairs }: VerificationReport,
  beside: Content,
): Markup {
  const drawable = curve.length > 1 && equalErrorRate !== null;
  return html`<div class="charts">
    ${drawable && section('Genuine pairs accepted, by false match rate', (width) => rocChart(curve, { points, width }))}
    ${drawable && section('Detection error tradeoff', (width) => detChart(curve, { points, equalErrorRate, width }))}
    ${genuinePairs + impostorPairs > 0 && section('Distances', (width) => scoreChart(histogram, { thresholds: points, width }))} ${beside}
  </div>`;
}

function section(title: string, draw: (width: number) => string): Markup {
  return html`<section>
    <h2>${title}</h2>
    <div class="wide">${markup(draw(WIDE))}</div>
    <div class="narrow">${markup(draw(NARROW))}</div>
  </section>`;
}
