import type { Zeros } from './Handle.js';
import { BARE, LINEAR, type Step, type Value } from './Step.js';

/** A step that puts rows and columns of zeros around a picture: a depthwise convolution whose windows, of one value, begin beyond it. */
export function fillZeros(input: Value, { top, bottom, left, right }: Zeros): Step {
  const { h, w, c } = input;
  return {
    ...BARE,
    kind: 'depthwise',
    input,
    output: { h: top + h + bottom, w: left + w + right, c },
    window: { kh: 1, kw: 1, stride: 1, top, left },
    filter: { weights: new Float32Array(c).fill(1), bias: new Float32Array(c), activation: LINEAR },
  };
}
