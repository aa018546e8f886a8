import { byteColumns } from './byteColumns.js';
import { sharesColumns } from './chunksOf.js';
import { refined } from './refined.js';
import { shortColumns } from './shortColumns.js';
import { BARE, depthOf, POINT, wholeOf, type Filter, type Step, type Value } from './Step.js';

/** So many products of 7 bits by 8 add up to 32 bits, whatever they are. */
const MOST_BYTES = Math.floor((2 ** 31 - 1) / (127 * 128));

/** How large a product has to be; in smaller ones, rounding a row takes as long as the faster product saves. */
export interface LeastProduct {
  /** Inputs of each result. */
  readonly depth: number;
  readonly columns: number;
}

export const WORTH_NARROWING: LeastProduct = { depth: 32, columns: 64 };

/**
 * Lets convolutions multiply integers, where it is faster and nothing overflows. Those that compute results stay as they are: little
 * time is theirs, and what they round would not be averaged out.
 * @param kept whole values that are read after the run
 */
export function narrowSteps(steps: readonly Step[], kept: ReadonlySet<Value>, least: LeastProduct, bits: 8 | 16): Step[] {
  /** Rows of each value, by the window that made them: branches of a network may share them. */
  const made = new Map<Value, Map<string, Value>>();
  return steps.flatMap((step) => {
    const { kind, filter, window, input, output } = step;
    const depth = depthOf(step);
    const worthIt = kind === 'convolution' && depth >= least.depth && output.c >= least.columns && !kept.has(wholeOf(output));
    const columns = worthIt && filter ? columnsOf(filter, depth, output.c, bits) : null;
    if (!filter || !columns) return [step];
    const narrow = { ...step, filter: refined(filter, columns) };
    if (!sharesColumns(step)) return [narrow];
    const { h, w } = output;
    const { kh, kw, stride, top, left } = window;
    const key = [h, w, kh, kw, stride, top, left].join();
    const known = made.get(input)?.get(key);
    const rows: Value = known ?? { h, w, c: depth, rows: bits };
    const reader: Step = { ...narrow, input: rows, window: POINT };
    if (known) return [reader];
    made.set(input, (made.get(input) ?? new Map<string, Value>()).set(key, rows));
    return [{ ...BARE, kind: 'rows', input, output: rows, window }, reader];
  });
}

function columnsOf(filter: Filter, depth: number, columns: number, bits: 8 | 16): Partial<Filter> | null {
  if (bits === 16) return shortColumns(filter, depth, columns);
  return depth > MOST_BYTES ? null : byteColumns(filter, depth, columns);
}
