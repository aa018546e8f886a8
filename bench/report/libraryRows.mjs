import { CONTENDERS } from '../parts/contenders.mjs';
import { megabytes, milliseconds, seconds } from './format.mjs';

/**
 * One line of the comparison: the same figure for each library, in the libraries' order; `null` if there is none.
 * @typedef {{ what: string, values: (number | null)[], format: (value: number) => string }} Row
 */

/** In the order of the columns. */
export const LIBRARIES = /** @type {const} */ (['visavis', 'face-api', 'human']);
const FOLLOWED = [CONTENDERS.tracked, CONTENDERS.faceApi, CONTENDERS.human];
const ANEW = [CONTENDERS.anew, CONTENDERS.faceApi, CONTENDERS.humanAnew];

/** @param {import('../Results.d.ts').Results} results @returns {Row[]} of the parts that were run */
export function libraryRows({ frames, cold, blocking, memory, settings }) {
  /** @type {Row[]} */
  const rows = [];
  if (frames) {
    const of = (/** @type {{ name: string }[]} */ contenders) => pick(frames, contenders).map((each) => each?.median ?? null);
    rows.push({ what: 'frame → embedding, following the face', values: of(FOLLOWED), format: milliseconds });
    rows.push({ what: 'frame → embedding, finding the face anew', values: of(ANEW), format: milliseconds });
  }
  const libraries = LIBRARIES.map((name) => ({ name }));
  for (const { cache, megabits, results } of cold?.times ?? []) {
    const what = `first verdict, ${cache === 'warm' ? 'second visit' : 'empty cache'}, ${megabits} Mbit/s`;
    rows.push({ what, values: pick(results, libraries).map((each) => each?.median ?? null), format: seconds });
  }
  if (cold) {
    const values = pick(cold.bytes, libraries).map((each) => each?.cold.total ?? null);
    rows.push({ what: 'code and models over the line, Brotli', values, format: megabytes });
  }
  if (blocking) {
    const found = pick(blocking, FOLLOWED);
    rows.push({
      what: 'main thread blocked while loading',
      values: found.map((each) => each?.load.blockedMs ?? null),
      format: milliseconds,
    });
    const what = `main thread blocked in ${settings.liveSeconds} s of live camera`;
    rows.push({ what, values: found.map((each) => each?.live.blockedMs ?? null), format: milliseconds });
  }
  if (memory) {
    const found = pick(memory, FOLLOWED);
    rows.push({ what: 'JavaScript heap', values: found.map((each) => each?.after.heapBytes ?? null), format: megabytes });
    rows.push({ what: 'WebAssembly memory', values: found.map((each) => each?.after.wasmBytes ?? null), format: megabytes });
    const what = `heap grown in ${settings.frames.toLocaleString('en')} frames`;
    rows.push({ what, values: found.map((each) => each?.growth.heapBytes ?? null), format: megabytes });
  }
  return rows;
}

/** @template {{ name: string }} T @param {T[]} rows @param {{ name: string }[]} wanted */
function pick(rows, wanted) {
  return wanted.map(({ name }) => rows.find((row) => row.name === name));
}
