import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../shared/Manifest.js';
import type { LoadProgress } from '../shared/options.js';
import { FaceEngine } from './FaceEngine.js';
import { blank, cosine, face, fixture, goldenEmbeddings, MODELS_URL, pixelsOf, sideBySide } from '../../e2e/fixtures/pictures.js';

describe.each(['wasm', 'webgl'] as const)('FaceEngine on %s', (backend) => {
  let engine: FaceEngine;
  const progress: LoadProgress[] = [];

  beforeAll(async () => {
    engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend }, (p) => progress.push(p));
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
    for (const [file, golden] of Object.entries(await goldenEmbeddings())) {
      const crop = pixelsOf(await createImageBitmap(await fixture(`golden/${file}`)));
      expect(cosine(await engine.embedCrop(crop), golden), file).toBeGreaterThan(0.9999);
    }
  });

  it('gives the same embeddings from whole pictures: detection, mesh, crop and all', async () => {
    for (const [file, golden] of Object.entries(await goldenEmbeddings())) {
      const { embedding } = await engine.embed(pixelsOf(await face(file.replace('.png', ''))), 'only');
      expect(cosine(embedding, golden), file).toBeGreaterThan(0.999);
    }
  });

  it('finds the face where it is', async () => {
    const [report, ...others] = await engine.analyze(pixelsOf(await face('person02-a-front')));
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
    expect(await engine.analyze(two)).toHaveLength(2);
    await expect(engine.embed(two, 'only')).rejects.toMatchObject({ code: 'several-faces' });
    expect((await engine.embed(two, 'central')).embedding).toHaveLength(128);
    expect(await engine.analyze(blank())).toEqual([]);
    await expect(engine.embed(blank(1, 1), 'only')).rejects.toMatchObject({ code: 'no-face' });
  });

  it('refuses a crop of another size', () => {
    expect(() => engine.embedCrop(blank())).toThrow('expected a crop of 160 × 160 pixels, got 64 × 64');
  });

  it('keeps the number of tensors constant over 50 frames', async () => {
    const pixels = pixelsOf(await face('person01-a-front'));
    await engine.embed(pixels, 'only');
    const before = engine.memory();
    for (let i = 0; i < 50; i++) {
      if (i % 10 === 9) await engine.embed(blank(), 'only').catch(() => undefined);
      else if (i % 5 === 0) await engine.embed(pixels, 'only');
      else await engine.analyze(pixels);
    }
    expect(engine.memory()).toEqual(before);
  });
});

describe('FaceEngine', () => {
  it('gives every tensor back when disposed', async () => {
    const options = { modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'wasm' } as const;
    const first = await FaceEngine.load(options, () => undefined);
    const loaded = first.memory().tensors;
    first.dispose();
    const empty = first.memory().tensors;
    expect(empty).toBeLessThan(loaded - 200);
    const second = await FaceEngine.load(options, () => undefined);
    second.dispose();
    expect(second.memory().tensors).toBe(empty);
  });
});
