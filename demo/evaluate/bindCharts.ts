import { detChart, rocChart, scoreChart } from '../../src/evaluation.js';
import { byId } from '../ui/byId.js';
import { adoptSvg } from './adoptSvg.js';
import type { EvaluationStore } from './EvaluationState.js';
import type { Turns } from './Turns.js';

/** Draws distances, ROC and DET as wide as there is room, and again when that changes. */
export function bindCharts(evaluation: EvaluationStore, turns: Turns): void {
  const places = ['score', 'roc', 'det'].map((name) => byId(`${name}-chart`));
  let shown: unknown = null;
  const widths = new WeakMap<Element, number>();

  const draw = (place: Element) => {
    const { report } = evaluation.state;
    const width = Math.floor(place.clientWidth);
    if (!report || width === 0 || widths.get(place) === width) return;
    widths.set(place, width);
    const { curve, operatingPoints: points, equalErrorRate, histogram, atThresholds } = report;
    const own = atThresholds.map(({ nominalFmr, threshold }) => ({ fmr: nominalFmr, threshold }));
    const markup = {
      'score-chart': () => scoreChart(histogram, { thresholds: points.length > 0 ? points : own, width, height: 340 }),
      'roc-chart': () => rocChart(curve, { points, width }),
      'det-chart': () => detChart(curve, { points, equalErrorRate, width }),
    }[place.id]!();
    place.replaceChildren(adoptSvg(markup));
  };
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => turns.take(() => draw(target))));
  for (const place of places) observer.observe(place);

  evaluation.subscribe(({ report }) => {
    if (report === shown) return;
    shown = report;
    const { genuinePairs = 0, impostorPairs = 0 } = report ?? {};
    byId('score-figure').hidden = genuinePairs + impostorPairs === 0;
    for (const name of ['roc', 'det']) byId(`${name}-figure`).hidden = genuinePairs === 0 || impostorPairs === 0;
    for (const place of places) {
      widths.delete(place);
      turns.take(() => draw(place));
    }
  });
}
