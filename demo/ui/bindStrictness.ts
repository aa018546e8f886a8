import { curveFor, type FrameCounts } from '../../src/index.js';
import { CAPTURES } from '../login/collectCaptures.js';
import { FRAMES } from '../login/verifyFrames.js';
import type { PageStore } from '../state/PageState.js';
import { byId } from './byId.js';
import { oneIn } from './describeRate.js';
import { measuredOn } from './measuredOn.js';
import { refusals } from './refusals.js';
import { setText } from './setText.js';

const RATES = [1e-2, 1e-3, 1e-4];
const WORDS = ['Relaxed', 'Standard', 'Strict'];

/** Keeps the page's strictness lists in step with the state, and offers only rates that were measured for so many frames. */
export function bindStrictness(store: PageStore): void {
  const truth = [byId('truth-measurement'), byId('truth-refusals')] as const;
  store.subscribe(({ engine }) => {
    if (engine.state === 'ready' && engine.info.measurement) setText(truth[0], measuredOn(engine.info.measurement));
  });
  bindList(store, 'strictness', 'fmr', { templateFrames: CAPTURES, probeFrames: FRAMES }, [truth[1]]);
  bindList(store, 'compare-strictness', 'compareFmr', { templateFrames: 1, probeFrames: 1 }, []);
}

function bindList(store: PageStore, id: string, key: 'fmr' | 'compareFmr', frames: FrameCounts, moreNotes: readonly Element[]): void {
  const list = byId(id, HTMLSelectElement);
  const notes = [list.closest('section')!.querySelector('[data-refusals]')!, ...moreNotes];
  list.append(...RATES.map((rate, i) => new Option(`${WORDS[i]}: 1 time in ${oneIn(rate)}`, String(rate))));
  list.addEventListener('change', () => store.set({ [key]: Number(list.value) }));
  store.subscribe((state) => {
    const { engine } = state;
    const points = engine.state === 'ready' ? curveFor(engine.info, frames) : [];
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
