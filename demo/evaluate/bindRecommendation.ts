import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { EvaluationStore } from './EvaluationState.js';
import { distanceText, rateText } from './format.js';
import { offeredRates } from './rates.js';
import { recommend } from './recommend.js';

/** The threshold for the chosen rate, and what the pictures cannot tell. */
export function bindRecommendation(evaluation: EvaluationStore): void {
  const rates = byId('rate', HTMLSelectElement);
  let offered: unknown = null;
  rates.addEventListener('change', () => evaluation.set({ fmr: Number(rates.value) }));

  evaluation.subscribe(({ report, fmr }) => {
    if (!report) return;
    if (report !== offered) {
      offered = report;
      rates.replaceChildren(
        ...offeredRates(report).map(({ fmr: rate, supported }) => {
          const option = new Option(`${rateText(rate)}${supported ? '' : ' (too few pairs)'}`, String(rate));
          option.disabled = !supported;
          return option;
        }),
      );
    }
    rates.value = String(fmr);
    const { threshold, text, support, limits } = recommend(report, fmr);
    byId('recommendation').dataset.supported = threshold === null ? 'no' : 'yes';
    byId('rate-field').hidden = report.operatingPoints.length === 0;
    byId('recommendation-threshold').hidden = threshold === null;
    setText(byId('recommendation-title'), threshold === null ? 'No threshold to recommend' : 'Recommended threshold');
    setText(byId('recommendation-threshold'), threshold === null ? '' : distanceText(threshold));
    setText(byId('recommendation-text'), text);
    setText(byId('recommendation-support'), support);
    byId('recommendation-support').hidden = support === '';
    byId('limits').hidden = limits.length === 0;
    byId('limits-list').replaceChildren(
      ...limits.map((limit) => {
        const item = document.createElement('li');
        item.textContent = limit;
        return item;
      }),
    );
  });
}
