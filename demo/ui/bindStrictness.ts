import type { PageStore } from '../state/PageState.js';
import { oneIn } from './describeRate.js';
import { measuredOn } from './measuredOn.js';
import { refusals } from './refusals.js';
import { setText } from './setText.js';

const RATES = [1e-2, 1e-3, 1e-4];
const WORDS = ['Relaxed', 'Standard', 'Strict'];

/** Keeps every strictness list on the page in step with the state, and offers only rates that the model was measured at. */
export function bindStrictness(store: PageStore): void {
  const lists = [...document.querySelectorAll<HTMLSelectElement>('select[data-strictness]')];
  const notes = [...document.querySelectorAll('[data-refusals]'), document.querySelector('#truth-refusals')!];
  const truth = document.querySelector('#truth-measurement')!;
  for (const list of lists) {
    list.append(...RATES.map((rate, i) => new Option(`${WORDS[i]}: 1 time in ${oneIn(rate)}`, String(rate))));
    list.addEventListener('change', () => store.set({ fmr: Number(list.value) }));
  }
  store.subscribe(({ engine, fmr }) => {
    const points = engine.state === 'ready' ? engine.info.operatingPoints : [];
    const measured = points.map((p) => p.fmr);
    for (const list of lists) {
      list.value = String(fmr);
      list.disabled = engine.state !== 'ready';
      for (const option of list.options) {
        option.disabled =
          points.length > 0 && !(Number(option.value) >= Math.min(...measured) && Number(option.value) <= Math.max(...measured));
      }
    }
    if (engine.state === 'ready' && engine.info.measurement) setText(truth, measuredOn(engine.info.measurement));
    for (const note of notes) setText(note, refusals(points, fmr));
  });
}
