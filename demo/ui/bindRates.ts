import { curveFor, type FrameCounts } from '../../src/index.js';
import type { PageStore } from '../state/PageState.js';
import { oneIn } from './describeRate.js';
import { refusals } from './refusals.js';
import { setText } from './setText.js';

const RATES = [1e-2, 1e-3, 1e-4];
const WORDS = ['Relaxed', 'Standard', 'Strict'];

export interface RateChoice {
  readonly list: HTMLSelectElement;
  /** Which of the page's rates it is. */
  readonly key: 'fmr' | 'compareFmr';
  /** How many frames are compared at that rate. */
  readonly frames: FrameCounts;
  /** Whether plain distances decide there; default: normalized ones where the model has them. */
  readonly plain?: boolean;
  /** Elements that say how many genuine attempts are refused. */
  readonly notes: readonly Element[];
}

/** Keeps a list of rates in sync with the state, and offers only those that were measured for that many frames. */
export function bindRates(store: PageStore, { list, key, frames, plain = false, notes }: RateChoice): void {
  list.append(...RATES.map((rate, i) => new Option(`${WORDS[i]}: 1 time in ${oneIn(rate)}`, String(rate))));
  list.addEventListener('change', () => store.set({ [key]: Number(list.value) }));
  store.subscribe((state) => {
    const { engine } = state;
    const points = engine.state === 'ready' ? curveFor((plain ? null : engine.info.normalized) ?? engine.info, frames) : [];
    const measured = points.map((p) => p.fmr);
    const supported = (rate: number) => points.length === 0 || (rate >= Math.min(...measured) && rate <= Math.max(...measured));
    const nearest = supported(state[key]) ? undefined : RATES.filter(supported).at(-1);
    if (nearest !== undefined) {
      store.set({ [key]: nearest });
      return;
    }
    list.value = String(state[key]);
    list.disabled = engine.state !== 'ready';
    for (const option of list.options) option.disabled = !supported(Number(option.value));
    for (const note of notes) setText(note, refusals(points, state[key]));
  });
}
