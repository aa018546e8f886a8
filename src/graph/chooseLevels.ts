/** How many ways of clipping outliers are tried for a tensor: 100 %, 98 % … 50 % of its range. */
const CUTS = 26;

/**
 * Chooses evenly spaced levels so that rounding the values to them loses least (sum of squares). Outliers may be clipped; 0 stays exactly
 * 0. Uses only + − × ÷ and Math.round, so the result is the same on every machine.
 * @param values finite
 * @param highest level; the lowest is 0
 * @returns level n stands for n × scale + min
 */
export function chooseLevels(values: Float32Array, highest: number): { min: number; scale: number } {
  const least = values.reduce((a, b) => Math.min(a, b), 0);
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  let best = { min: 0, scale: 1, loss: Infinity };
  for (let cut = 0; cut < CUTS; cut++) {
    const keep = (100 - 2 * cut) / 100;
    const scale = ((most - least) * keep) / highest || 1;
    const min = Math.round((least * keep) / scale) * scale;
    let loss = 0;
    for (const v of values) {
      const error = levelOf(v, min, scale, highest) * scale + min - v;
      loss += error * error;
    }
    if (loss < best.loss) best = { min, scale, loss };
  }
  return { min: best.min, scale: best.scale };
}

/** The level nearest to a value. */
export function levelOf(value: number, min: number, scale: number, highest: number): number {
  return Math.min(highest, Math.max(0, Math.round((value - min) / scale)));
}
