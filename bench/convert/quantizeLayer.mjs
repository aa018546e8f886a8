/**
 * What integers stand for: `scale` × (integer − `zeroPoint`), with one scale for all, or one for each place along `axis`.
 * @typedef {{ scale: number[], zeroPoint: number, axis?: number }} Scales
 * @typedef {{ name: string, shape: number[], values: Float32Array | Int32Array | Int8Array, scales?: Scales }} Constant
 */

/** Of a picture, −1 to 1. @type {Scales} */
export const PIXELS = { scale: [1 / 127], zeroPoint: 0 };
/** Of what a ReLU6 gives, and of its mean. @type {Scales} */
export const ACTIVATIONS = { scale: [6 / 255], zeroPoint: -128 };

/**
 * A convolution's weights as 8-bit integers with a scale for each output channel, and its bias as 32-bit integers, as LiteRT's specification of
 * quantized operations has them. Other constants stay.
 * @param {Constant[]} constants weights [outputs, height, width, inputs], of a depthwise one [1, height, width, channels], and bias
 * @param {Scales} input
 * @param {number} axis of the weights' output channels
 * @returns {Constant[]}
 */
export function quantizeLayer(constants, input, axis) {
  const [weights, bias] = constants;
  if (!bias) return constants;
  const outputs = weights.shape[axis];
  const each = weights.values.length / outputs;
  const place = (/** @type {number} */ output, /** @type {number} */ i) => (axis === 0 ? output * each + i : i * outputs + output);
  const values = new Int8Array(weights.values.length);
  const scale = Array.from({ length: outputs }, (_, output) => {
    let most = 0;
    for (let i = 0; i < each; i++) most = Math.max(most, Math.abs(weights.values[place(output, i)]));
    const step = most / 127 || 1;
    for (let i = 0; i < each; i++) values[place(output, i)] = Math.round(weights.values[place(output, i)] / step);
    return step;
  });
  const biasScale = scale.map((step) => step * input.scale[0]);
  return [
    { ...weights, values, scales: { scale, zeroPoint: 0, axis } },
    {
      ...bias,
      values: Int32Array.from(bias.values, (value, output) => Math.round(value / biasScale[output])),
      scales: { scale: biasScale, zeroPoint: 0, axis: 0 },
    },
  ];
}
