import type { PageStore } from '../state/PageState.js';
import { bindRates } from './bindRates.js';
import { byId } from './byId.js';

/** Captures of a complete enrollment. */
const CAPTURES = 6;
/** A log-in takes the number of frames at which the fewest are refused: not more than with these. */
const FRAMES = 3;

/** The two strictness lists: for logging in with several frames, and for comparing single photos. */
export function bindStrictness(store: PageStore): void {
  const listed = (id: string) => {
    const list = byId(id, HTMLSelectElement);
    return { list, note: list.closest('section')!.querySelector('[data-refusals]')! };
  };
  const login = listed('strictness');
  const compare = listed('compare-strictness');
  const frames = { templateFrames: CAPTURES, probeFrames: FRAMES };
  bindRates(store, { list: login.list, key: 'fmr', frames, notes: [login.note, byId('truth-refusals')] });
  bindRates(store, {
    list: compare.list,
    key: 'compareFmr',
    frames: { templateFrames: 1, probeFrames: 1 },
    plain: true,
    notes: [compare.note],
  });
}
