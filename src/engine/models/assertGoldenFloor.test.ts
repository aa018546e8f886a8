import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseModelJson } from '../../graph/parseModelJson.js';
import { assertGoldenFloor } from './assertGoldenFloor.js';
import { parseManifest } from './parseManifest.js';

const read = (id: string, file: string) => readFileSync(new URL(`../../../public/models/${id}/${file}`, import.meta.url), 'utf8');
const weights = (...dtypes: (string | undefined)[]) =>
  parseModelJson({
    modelTopology: { node: [] },
    weightsManifest: [
      {
        weights: dtypes.map((dtype, i) => ({
          name: `w${i}`,
          shape: [1],
          dtype: 'float32',
          quantization: dtype && { dtype, scale: 1, min: 0 },
        })),
      },
    ],
  });

it.each([
  [weights(undefined), 0.9999],
  [weights('float16', undefined), 0.9999],
  [weights(undefined, 'uint8'), 0.99],
  [weights('uint16'), 0.99],
])('is the higher the more exact the weights are', (graph, floor) => {
  const manifest = parseManifest(read('mobilenet-160', 'manifest.json'), 'm.json');
  const demanding = (minCosine: number) => () => {
    const embedder = { ...manifest.embedder!, golden: { ...manifest.embedder!.golden, minCosine } };
    assertGoldenFloor({ ...manifest, embedder }, graph, 'm.json');
  };
  for (const enough of [floor, (1 + floor) / 2, 1]) expect(demanding(enough)).not.toThrow();
  for (const wrong of [floor - 1e-6, 0, -1, 1.01]) {
    expect(demanding(wrong)).toThrow(expect.objectContaining({ code: 'model-corrupt' }) as Error);
  }
});

it.each(['mobilenet-160', 'inception-160'])('what %s ships with would do for exact weights', (id) => {
  const manifest = parseManifest(read(id, 'manifest.json'), 'm.json');
  expect(() => assertGoldenFloor(manifest, weights(undefined), 'm.json')).not.toThrow();
  expect(() => assertGoldenFloor(manifest, parseModelJson(read(id, 'model.json')), 'm.json')).not.toThrow();
});

it('is 0.999 for 8-bit integers', () => {
  const manifest = parseManifest(read('mobilenet-160', 'manifest.json'), 'm.json');
  const demanding = (minCosine: number) => () => {
    const golden = { ...manifest.embedder!.golden, int8: { ...manifest.embedder!.golden.int8!, minCosine } };
    assertGoldenFloor({ ...manifest, embedder: { ...manifest.embedder!, golden } }, weights('uint8'), 'm.json');
  };
  for (const enough of [0.999, 1]) expect(demanding(enough)).not.toThrow();
  for (const wrong of [0.99, 0, 1.01, NaN]) expect(demanding(wrong)).toThrow('to the golden embedding in 8-bit integers');
});
