import { describe, expect, it } from 'vitest';
import { distance } from '../matching/distance.js';
import { randomUnits } from '../matching/fixtures/randomUnits.js';
import { normalizedDistance } from '../matching/normalizedDistance.js';
import { readCohort } from '../matching/readCohort.js';
import type { Template } from '../shared/Template.js';
import type { NormalizedPoints } from '../shared/VerifierInfo.js';
import { createProtectionKey } from '../vault/protection/protectionKey.js';
import { protectTemplate } from '../vault/protection/protectTemplate.js';
import { compareWith } from './compareWith.js';
import { distanceTo } from './distanceTo.js';

const SIZE = 32;
const rows = randomUnits(20, SIZE, 5).flatMap((row) => Array.from(row, (v) => Math.round(v * 100)));
const cohort = readCohort({
  ...{ bytes: Uint8Array.from(rows), sha256: 'ab', embeddingSize: SIZE },
  rule: { count: 20, scale: 0.01, k: 4, weight: 1, center: 0.2 },
});
const normalized: NormalizedPoints = { cohort, operatingPoints: [], fused: [], measurement: null };
const [face, enrolled] = randomUnits(2, SIZE, 8);
const template: Template = {
  ...{ format: 'visavis-template', formatVersion: 1, model: 'm', modelVersion: '1', pipelineVersion: 1 },
  ...{ embedding: enrolled, captures: 1, consistency: 1, createdAt: '2026-01-01T00:00:00.000Z' },
};

describe('compareWith', () => {
  it('says both distances, and changes nothing that it was given', async () => {
    const before = [face.slice(), enrolled.slice()];
    expect(await compareWith(face, template, { normalized })).toEqual({
      distance: distance(face, enrolled),
      normalizedDistance: normalizedDistance(face, enrolled, cohort),
    });
    expect([face, enrolled]).toEqual(before);
  });

  it('reads both at once, whatever their owner does with them meanwhile', async () => {
    const key = await createProtectionKey();
    for (const given of [template, await protectTemplate(template, key)]) {
      const wanted = [await compareWith(face, given, { normalized }), await distanceTo(face, given)];
      const [probe, lent] = [face.slice(), { ...given, embedding: given.embedding.slice() }];
      const calls = Promise.all([compareWith(probe, lent, { normalized }), distanceTo(probe, lent)]);
      for (const values of [probe, lent.embedding]) values.fill(0);
      expect(await calls).toEqual(wanted);
    }
  });

  it('says the distance twice for a model without a cohort', async () => {
    const d = distance(face, enrolled);
    expect(await compareWith(face, template, { normalized: null })).toEqual({ distance: d, normalizedDistance: d });
  });

  it('knows how ordinary the face of a protected template is, but for rounding; without its key nothing', async () => {
    const hidden = await protectTemplate(template, await createProtectionKey());
    const found = await compareWith(face, hidden, { normalized });
    expect(found.distance).toBeCloseTo(distance(face, enrolled), 2);
    expect(found.normalizedDistance).toBeCloseTo(normalizedDistance(face, enrolled, cohort), 2);
    const { scheme, keyId } = hidden.protection!;
    await expect(compareWith(face, { ...hidden, protection: { scheme, keyId } }, { normalized })).rejects.toThrow(/without its key/);
  });
});
