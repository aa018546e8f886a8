import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../shared/Manifest.js';
import type { LoadProgress } from '../shared/options.js';
import { FaceEngine } from './FaceEngine.js';
import { ENGINE } from '../../e2e/fixtures/engineAssets.js';
import { blank, cosine, face, fixture, goldenEmbeddings, MODELS_URL, pixelsOf, sideBySide } from '../../e2e/fixtures/pictures.js';

const ONLY = { select: 'only', gate: false, stream: null } as const;

async function someGolden() {
  const all = Object.entries(await goldenEmbeddings());
  expect(all.length).toBeGreaterThan(2);
  return all;
}

describe.each(['wasm', 'webgl'] as const)('FaceEngine on %s', (backend) => {
  let engine: FaceEngine;
  const progress: LoadProgress[] = [];

  beforeAll(async () => {
    engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend, ...ENGINE }, (p) => progress.push(p));
  });
  afterAll(() => engine.dispose());

  it('reports progress by stages and bytes, to the last one', async () => {
    expect([...new Set(progress.map((p) => p.stage))]).toEqual(['backend', 'download', 'warm-up', 'ready']);
    const { loaded, total } = progress.at(-1)!;
    const manifests = await Promise.all(
      ['blazeface-256', 'facemesh-192', 'mobilenet-160'].map(
        async (id) => (await fetch(`${MODELS_URL}${id}/manifest.json`)).json() as Promise<Manifest>,
      ),
    );
    expect(total).toBe(manifests.flatMap(({ files }) => files).reduce((sum, { bytes }) => sum + bytes, 0));
    expect(loaded).toBe(total);
  });

  it('computes the golden embeddings that PyTorch computed for aligned crops', async () => {
    for (const [file, golden] of await someGolden()) {
      const crop = pixelsOf(await createImageBitmap(await fixture(`golden/${file}`)));
      expect(cosine(await engine.embedCrop(crop), golden), file).toBeGreaterThan(engine.info.arithmetic === 'int8' ? 0.999 : 0.9999);
    }
  });

  it('gives the same embeddings from whole pictures: detection, mesh, crop and all', async () => {
    for (const [file, golden] of await someGolden()) {
      const { embedding } = await engine.look(pixelsOf(await face(file.replace('.png', ''))), ONLY);
      expect(cosine(embedding!, golden), file).toBeGreaterThan(0.999);
    }
  });

  it('finds the face where it is', async () => {
    const [report, ...others] = await engine.analyze(pixelsOf(await face('person02-a-front')), null);
    expect(others).toEqual([]);
    const { rightEye, leftEye, rightMouth } = report.landmarks;
    const near = (p: { x: number; y: number }, x: number, y: number) => expect(Math.hypot(p.x - x, p.y - y)).toBeLessThan(6);
    near(rightEye, 273, 187);
    near(leftEye, 374, 187);
    near(rightMouth, 271, 281);
    expect(report.score).toBeGreaterThan(0.9);
    expect(report.quality.reasons).toEqual([]);
    expect(report.mesh).toHaveLength(468 * 3);
  });

  it('tells several faces from one, and none', async () => {
    const two = sideBySide(await face('person01-a-front'), await face('person06-a-front'));
    expect(await engine.analyze(two, null)).toHaveLength(2);
    await expect(engine.look(two, ONLY)).rejects.toMatchObject({ code: 'several-faces' });
    expect((await engine.look(two, { ...ONLY, select: 'central' })).embedding).toHaveLength(128);
    expect(await engine.analyze(blank(), null)).toEqual([]);
    await expect(engine.look(blank(1, 1), ONLY)).rejects.toMatchObject({ code: 'no-face' });
  });

  it('refuses a crop of another size', async () => {
    await expect(engine.embedCrop(blank())).rejects.toThrow('expected a crop of 160 × 160 pixels, got 64 × 64');
  });

  it('keeps the number of tensors constant over many frames', async () => {
    // Software WebGL takes a second for one.
    const frames = backend === 'wasm' ? 50 : 10;
    const pixels = pixelsOf(await face('person01-a-front'));
    await engine.look(pixels, ONLY);
    const before = engine.memory();
    for (let i = 0; i < frames; i++) {
      if (i % 10 === 9) await engine.look(blank(), ONLY).catch(() => undefined);
      else if (i % 5 === 0) await engine.look(pixels, ONLY);
      else await engine.analyze(pixels, null);
    }
    expect(engine.memory()).toEqual(before);
  });
});

describe('FaceEngine', () => {
  it.each([
    ['wasm', 3], // graphs
    ['webgl', 200], // tensors
  ] as const)('gives everything back on %s when disposed', async (backend, held) => {
    const options = { modelsUrl: MODELS_URL, model: 'mobilenet-160', backend, ...ENGINE };
    const first = await FaceEngine.load(options, () => undefined);
    const loaded = first.memory().tensors;
    await first.dispose();
    const empty = first.memory().tensors;
    expect(empty).toBeLessThanOrEqual(loaded - held);
    const second = await FaceEngine.load(options, () => undefined);
    await second.dispose();
    expect(second.memory().tensors).toBe(empty);
  });
});
