import type { Call } from '../Call.js';

/** An axis counted from the front. @param rank how many axes there are @throws VisavisError `import-failed` where there is no such axis */
export function axisOf(call: Call, axis: number, rank: number): number {
  const front = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(front) || front < 0 || front >= rank) throw call.refuse(`it names the axis ${axis} of ${rank}`);
  return front;
}

/** Distinct axes counted from the front, in order. */
export function axesOf(call: Call, axes: readonly number[], rank: number): number[] {
  return [...new Set(axes.map((axis) => axisOf(call, axis, rank)))].sort((a, b) => a - b);
}
