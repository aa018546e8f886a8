import { readersOf, type Step, type Value } from './Step.js';

/**
 * A depthwise convolution with at least this many output positions is computed piece by piece, in cache, in front of the 1×1 convolution
 * that follows. In front of rows, which are nothing but stored, it always is.
 */
const MIN_FUSED_POSITIONS = 256;

/**
 * Fuses depthwise convolutions into the 1×1 convolutions, or the rows of such, that are their only readers.
 * @param kept whole values that are read after the run
 */
export function fuseFronts(steps: readonly Step[], kept: ReadonlySet<Value>): Step[] {
  const fused = new Map<Step, Step>();
  const gone = new Set<Step>();
  const readers = readersOf(steps);
  for (const front of steps) {
    if (front.kind !== 'depthwise' || kept.has(front.output)) continue;
    const reader = pointwiseReader([...(readers.get(front.output) ?? [])], front.output);
    if (!reader || (reader.kind === 'convolution' && front.output.h * front.output.w < MIN_FUSED_POSITIONS)) continue;
    fused.set(reader, { ...reader, input: front.input, window: front.window, front: front.filter });
    gone.add(front);
  }
  return steps.filter((step) => !gone.has(step)).map((step) => fused.get(step) ?? step);
}

/** The 1×1 convolution, or the rows of one, that is the only one of a value's readers, if it is one. */
function pointwiseReader([reader, ...others]: readonly Step[], value: Value): Step | undefined {
  // Seen in another shape, its positions would be others.
  if (!reader || !['convolution', 'rows'].includes(reader.kind) || others.length > 0 || reader.input !== value || reader.residual === value)
    return undefined;
  const { window, input, output } = reader;
  const isPoint = window.kh * window.kw * window.stride === 1 && output.h === input.h && output.w === input.w;
  return isPoint ? reader : undefined;
}
