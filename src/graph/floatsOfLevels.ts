import type { Grid, Spacing } from './Graph.js';

/** What levels stand for, in float32. There are only so many values: each is computed once. */
export function floatsOfLevels({ min, scale, levels }: Grid): Float32Array {
  const values = valuesOfLevels({ min, scale });
  const out = new Float32Array(levels.length);
  for (let i = 0; i < out.length; i++) out[i] = values[levels[i]!]!;
  return out;
}

/** What each of the 256 levels stands for. */
export function valuesOfLevels({ min, scale }: Spacing): Float32Array {
  const values = new Float32Array(256);
  for (let level = 0; level < 256; level++) values[level] = level * scale + min;
  return values;
}
