/**
 * @param {Float32Array} values
 * @param {number[]} shape four sizes
 * @param {number[]} order axis of the source for each axis of the result
 * @returns {Float32Array}
 */
export function transpose(values, shape, order) {
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const [n0, n1, n2, n3] = order.map((axis) => shape[axis]);
  const [s0, s1, s2, s3] = order.map((axis) => steps[axis]);
  const out = new Float32Array(values.length);
  let at = 0;
  for (let a = 0; a < n0; a++)
    for (let b = 0; b < n1; b++)
      for (let c = 0; c < n2; c++) for (let d = 0; d < n3; d++) out[at++] = values[a * s0 + b * s1 + c * s2 + d * s3];
  return out;
}
