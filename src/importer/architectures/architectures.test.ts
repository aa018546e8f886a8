import { describe, expect, it } from 'vitest';
import { interpret } from '../../graph/interpret.js';
import { multiplyAdds } from '../../graph/multiplyAdds.js';
import type { Architecture } from './Architecture.js';
import { ARCHITECTURES } from './architectures.js';
import { blankWeights } from '../fixtures/blankWeights.js';
import { inceptionNN2, inceptionNN3, inceptionNN4 } from './inception.js';
import { inceptionResnetV1 } from './inceptionResnetV1.js';
import { inceptionResnetV2 } from './inceptionResnetV2.js';
import { mobilenet } from './mobilenet.js';
import { namedWeights } from './namedWeights.js';
import { randomWeights } from '../fixtures/randomWeights.js';
import { writeArchitecture } from './writeArchitecture.js';
import { zeilerFergusNN1 } from './zeilerFergusNN1.js';

/** Learned values, and millions of multiplications for one picture. */
function count(architecture: Architecture): [number, number] {
  const { graph, output } = writeArchitecture(architecture, blankWeights());
  // Factors of residuals are written down in the code.
  const learned = [...graph.weights].filter(([name, { values }]) => values instanceof Float32Array && !name.endsWith('/factor'));
  return [learned.reduce((sum, [, { values }]) => sum + values.length, 0), Math.round(multiplyAdds(graph, [output]) / 1e6)];
}

describe('architectures', () => {
  // Keras counts 3,360,320 of FaceNet-MobileNet, whose last batch norm has no gamma, and 23,497,424 of Inception-ResNet-v1, whose 14,800
  // normalized channels have none, and 54,336,736 of Inception-ResNet-v2 without its head, whose 30,272 have none. The FaceNet paper says
  // 140 M and 1.6 G for NN1, 7.5 M and 1.6 G for NN2, and 285 M multiply-adds for NN4.
  it.each([
    [mobilenet, 3_360_320 + 128, 290],
    [inceptionResnetV1, 23_497_424 + 14_800, 1418],
    [inceptionResnetV2, 54_336_736 + 30_272 + 1536 * 128 + 4 * 128, 2877],
    [inceptionNN2, 7_480_448, 1597],
    [inceptionNN3, 7_480_448, 815],
    [inceptionNN4, 6_630_400, 285],
    [zeilerFergusNN1, 140_033_344, 1606],
  ] as const)('$id has the published size', (architecture, parameters, millions) => {
    expect(count(architecture)).toEqual([parameters, millions]);
  });

  it.each(ARCHITECTURES)('$id gives an embedding that the picture matters to', (architecture) => {
    const size = architecture === inceptionResnetV2 || architecture === inceptionResnetV1 ? 79 : 33;
    const source = randomWeights(1, 32);
    const { graph, input, output } = writeArchitecture(architecture, source, size);
    const [a, b] = [0, 1].map((phase) => {
      const values = Float32Array.from({ length: size * size * 3 }, (_, i) => Math.sin((1 + phase) * i));
      return interpret(graph, { [input]: { shape: [1, size, size, 3], values } }, [output])[0];
    });
    expect(a.shape).toEqual([1, Math.round((architecture === inceptionResnetV1 ? 512 : 128) / 32)]);
    expect(a.values.every(Number.isFinite)).toBe(true);
    expect([...a.values]).not.toEqual([...b.values]);
  });

  it.each(ARCHITECTURES)('$id has its own id and name', ({ id, name }) => {
    expect(ARCHITECTURES.filter((other) => other.id === id || other.name === name)).toHaveLength(1);
  });

  it('name the tensor that is missing or has another shape, and the layer at which nothing is left', () => {
    const source = randomWeights(1, 16);
    const naming = (layer: string, part: string) => ({ layer: `my.${layer}`, tensor: `my.${layer}.${part}` });
    expect(() => writeArchitecture(mobilenet, namedWeights(new Map(), naming))).toThrow(/The tensor my\.conv1\.filter is missing/);
    const tensors = new Map([['my.conv1.filter', source.find('conv1', 'filter', [3, 3, 4, 32])!]]);
    expect(() => writeArchitecture(mobilenet, namedWeights(tensors, naming))).toThrow(
      /my\.conv1\.filter has the shape \[3, 3, 4, 2\], wanted \[3, 3, 3, any\] \(height, width, inputs, outputs\)/,
    );
    expect(() => writeArchitecture(inceptionResnetV1, source, 40)).toThrow(/input is too small for this network: nothing is left at/);
    expect(() => writeArchitecture(mobilenet, source, 0)).toThrow(/input size must be a whole number from 1 to 1024 pixels; it is 0/);
  });
});
