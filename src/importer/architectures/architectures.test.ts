import { describe, expect, it } from 'vitest';
import { ARCHITECTURES } from './architectures.js';
import { inceptionResnetV1 } from './inceptionResnetV1.js';
import { mobilenet } from './mobilenet.js';
import { namedWeights } from './namedWeights.js';
import { randomWeights } from './randomWeights.js';
import { writeArchitecture } from './writeArchitecture.js';

const learned = (graph: ReturnType<typeof writeArchitecture>['graph']) =>
  [...graph.weights].reduce(
    (sum, [name, { values }]) => (values instanceof Float32Array && !name.endsWith('/factor') ? sum + values.length : sum),
    0,
  );

describe('architectures', () => {
  it('have as many weights as the published networks', () => {
    // Keras counts 3,360,320 of FaceNet-MobileNet, whose last batch norm has no gamma; facenet-pytorch and Keras count the other's.
    expect(learned(writeArchitecture(mobilenet, randomWeights(1)).graph)).toBe(3_360_320 + 128);
    expect(learned(writeArchitecture(inceptionResnetV1, randomWeights(1)).graph)).toBe(23_497_424 + 14_800);
  });

  it.each(ARCHITECTURES.map((architecture) => [architecture.id, architecture] as const))('%s has its own id and a name', (id, { name }) => {
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
