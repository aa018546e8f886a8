import { expect, it } from 'vitest';
import type { Pair } from '../../src/evaluation/protocols/parsePairs.js';
import { euclidean } from '../../src/matching/euclidean.js';
import { describeProtected, protectedRates } from './protectedRates.mjs';

type Sdk = Parameters<typeof protectedRates>[2];

const unit = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));

it('compares protected templates with the same pairs, unprotected, by the same distance', async () => {
  // Protection that changes nothing costs nothing, whatever a model's cohort makes of its distances.
  const sdk = {
    createProtectionKey: () => Promise.resolve('key'),
    protectTemplate: (template: unknown) => Promise.resolve(template),
    distanceTo: (embedding: Float32Array, template: { embedding: Float32Array }) =>
      Promise.resolve(euclidean(embedding, template.embedding)),
    distance: euclidean,
  } as unknown as Sdk;
  const embeddings = new Map([0, 0.2, 0.5, 2, 2.3, 0.4].map((angle, i) => [`${i}`, unit(angle)]));
  const pair = (a: number, b: number, same: boolean, fold: string): Pair => ({ a: `${a}`, b: `${b}`, same, fold });
  const pairs = [pair(0, 1, true, '1'), pair(0, 3, false, '1'), pair(3, 4, true, '2'), pair(2, 5, false, '2'), pair(0, 9, true, '2')];
  const measured = await protectedRates({ name: 'few', pairs }, embeddings, sdk, {
    ...({ model: 'm', modelVersion: '1.0.0', pipelineVersion: 1 } as Parameters<typeof protectedRates>[3]),
  });
  const { name, ...rates } = measured.rates;
  expect(name).toBe('few, protected templates');
  expect(measured.plain).toEqual({ ...rates, name: 'few' });
  const [, plain, same] = describeProtected(measured).split('\n');
  expect(plain?.replace('plain    ', 'protected')).toBe(same);
});
