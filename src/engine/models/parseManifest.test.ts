import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VisavisError } from '../../shared/VisavisError.js';
import { parseManifest } from './parseManifest.js';

const read = (id: string) => readFileSync(new URL(`../../../public/models/${id}/manifest.json`, import.meta.url), 'utf8');
const GOOD = read('mobilenet-160');

/** The shipped manifest with one value replaced. */
function withValue(path: string, value: unknown, good = GOOD): string {
  const manifest = JSON.parse(good) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce<Record<string, unknown>>((o, k) => o[k] as Record<string, unknown>, manifest);
  parent[last] = value;
  return JSON.stringify(manifest);
}

describe('parseManifest', () => {
  it.each(['mobilenet-160', 'blazeface-256', 'facemesh-192'])('reads the shipped manifest of %s', (id) => {
    expect(parseManifest(read(id), 'm.json').id).toBe(id);
  });

  it('reads what imported models may have: their own standardization, and a loose crop', () => {
    const loose = withValue('crop', { boxMargin: 32 }, withValue('input.perImage', true));
    expect(parseManifest(loose, 'm.json')).toMatchObject({ crop: { boxMargin: 32 }, input: { perImage: true } });
    expect(parseManifest(withValue('crop', 'aligned'), 'm.json').crop).toBe('aligned');
    expect(() => parseManifest(withValue('crop', 'aligned', read('blazeface-256')), 'm.json')).toThrow('takes no crop of its own');
  });

  it('reads a model without a cohort', () => {
    expect(parseManifest(withValue('embedder.cohort', undefined), 'm.json').embedder?.cohort).toBeUndefined();
  });

  it('reads the license of a manifest that was written before 0.5, which called it licence', () => {
    const { license, ...rest } = JSON.parse(GOOD) as { license: string };
    expect(parseManifest(JSON.stringify({ ...rest, licence: license }), 'm.json')).toEqual(parseManifest(GOOD, 'm.json'));
    expect(license).toMatch(/non-commercial/);
  });

  it.each([
    ['id', ''],
    ['license', undefined],
    ['version', 3],
    ['kind', 'painter'],
    ['files', []],
    ['files.0.path', 'other.json'],
    ['files.1.path', '../../secrets.bin'],
    ['files.1.path', '//elsewhere/weights.bin'],
    ['files.1.bytes', -1],
    ['files.1.sha256', 'abc'],
    ['files.1.sha256', { toString: 1 }],
    ['files.1.path', undefined],
    ['files.1.path', { toString: 1 }],
    ['input.scale', 0],
    ['input.scale', -1],
    ['embedder.embeddingSize', 0],
    ['embedder.embeddingSize', 1.5],
    ['embedder.golden.embedding', []],
    ['embedder.golden.embedding.3', 'x'],
    ['embedder.cohort.path', 'weights.bin'],
    ['embedder.cohort.path', 'other.bin'],
    ['embedder.cohort.count', 1023],
    ['embedder.cohort.k', 0],
    ['embedder.cohort.weight', '1'],
    ['embedder.cohort.scale', 0],
    ['embedder.cohort.center', null],
    ['embedder.cohort.fused', null],
    ['embedder.cohort.operatingPoints', [{ fmr: 2, threshold: 1, fnmr: 0 }]],
    ['input.size', null],
    ['input.perImage', 'yes'],
    ['crop', 'loose'],
    ['crop', null],
    ['crop', { boxMargin: 81 }],
    ['crop', { boxMargin: -1 }],
    ['embedder', undefined],
    ['embedder.embeddingSize', 64],
    ['embedder.golden.minCosine', 'high'],
    ['embedder.golden.int8', null],
    ['embedder.golden.int8.minCosine', null],
    ['embedder.golden.int8.embedding', [1, 2]],
    ['embedder.golden.int8.embedding.3', null],
    ['embedder.operatingPoints', {}],
    ['embedder.operatingPoints.0.threshold', null],
    ['embedder.operatingPoints.0.fmr', 0],
    ['embedder.operatingPoints.0.threshold', 0.1],
    ['embedder.operatingPoints.0.threshold', 1.51],
    ['embedder.operatingPoints.1.threshold', 1.4],
    ['embedder.operatingPoints.1.fmr', 0.1],
    ['embedder.operatingPoints.0.fnmr', 0.9],
    ['embedder.fused.0.operatingPoints.0.threshold', 2],
    ['files.0.bytes', 32_000_001],
    ['files.1.bytes', 2 ** 53 - 1],
    ['embedder.golden.pattern', 'stripes'],
    ['input.size', -1],
    ['input.size', 0.5],
    ['input.size', 1025],
  ])('refuses %s = %j', (path, value) => {
    expect(() => parseManifest(withValue(path, value), 'm.json')).toThrow(expect.objectContaining({ code: 'model-corrupt' }) as Error);
  });

  it.each([
    ['golden', undefined],
    ['golden.pattern', 'stripes'],
    ['golden.maxDifference', 0.5],
    ['golden.maxDifference', 'small'],
    ['golden.outputs', null],
    ['golden.outputs.Identity_1', [1, 2, 3]],
    ['golden.outputs.Identity_1.0', 'much'],
    ['input.size', 159],
    ['embedder', {}],
  ])('refuses %s = %j of the mesh', (path, value) => {
    expect(() => parseManifest(withValue(path, value, read('facemesh-192')), 'm.json')).toThrow(
      expect.objectContaining({ code: 'model-corrupt' }) as Error,
    );
  });

  it('refuses a curve that is flat throughout, and takes one with a flat stretch', () => {
    const manifest = JSON.parse(GOOD) as { embedder: { operatingPoints: { threshold: number }[] } };
    const [loosest, next] = manifest.embedder.operatingPoints;
    next.threshold = loosest.threshold;
    expect(parseManifest(JSON.stringify(manifest), 'm.json').embedder!.operatingPoints[1].threshold).toBe(loosest.threshold);
    for (const point of manifest.embedder.operatingPoints) point.threshold = 1.4;
    expect(() => parseManifest(JSON.stringify(manifest), 'm.json')).toThrow(/have the same threshold/);
  });

  it('throws nothing but model-corrupt, whatever the text', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('null', '[]', '{"files":[null,null]}', '{"kind":"embedder","files":[]}'),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          parseManifest(text, 'm.json');
        } catch (error) {
          expect(error).toBeInstanceOf(VisavisError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
