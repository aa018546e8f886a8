import type { WeightSource } from './WeightSource.js';

/**
 * Weights of a published network's shapes, for tests: random numbers that keep values near 1 from layer to layer (He et al. 2015), with
 * batch norms whose statistics matter.
 * @param seed the same seed gives the same weights
 * @param narrow divides the widths, at least 1 is left: a network of the same form that is quick to compute
 */
export function randomWeights(seed: number, narrow = 1): WeightSource {
  const random = generator(seed);
  const narrowed = (width: number) => Math.max(1, Math.round(width / narrow));
  return {
    has: (_layer, usual) => usual,
    nameOf: (layer, part) => ({ layer: part in NORM ? `${layer}/BatchNorm` : layer, tensor: `${layer}/${part}` }),
    find(_layer, part, usual) {
      if (!usual) return undefined;
      // The inputs are what the layer before has given; only the outputs are the layer's own.
      const outputs = part === 'filter' || part === 'weights';
      const shape = outputs ? [...usual.slice(0, -1), narrowed(usual.at(-1)!)] : usual;
      const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
      const fan = outputs ? values.length / shape.at(-1)! : part === 'depthwise' ? shape[0]! * shape[1]! : 1;
      const spread = Math.sqrt(6 / fan);
      for (let i = 0; i < values.length; i++) {
        const v = 2 * random() - 1;
        if (outputs || part === 'depthwise') values[i] = v * spread;
        else if (part === 'gamma' || part === 'variance') values[i] = 1 + v / 4;
        else values[i] = v / 4;
      }
      return { shape, values };
    },
  };
}

const NORM = { gamma: true, beta: true, mean: true, variance: true };

/** Numbers from 0 to 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
