import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENGINE } from '../../e2e/fixtures/engineAssets.js';
import { cosine, face, fixture, goldenEmbeddings, MODELS_URL, pixelsOf } from '../../e2e/fixtures/pictures.js';
import { FaceEngine } from './FaceEngine.js';

const MODEL = 'inception-160';

describe.each(['wasm', 'webgl'] as const)('inception-160 on %s', (backend) => {
  let engine: FaceEngine;
  beforeAll(async () => {
    engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: MODEL, backend, ...ENGINE }, () => undefined);
  });
  afterAll(() => engine.dispose());

  it('runs on what was asked for: on WASM our own kernels, which know the graph', () => {
    expect(engine.info).toMatchObject({ backend, model: MODEL, embeddingSize: 128, inputSize: 160 });
    expect(engine.info.build).toMatch(backend === 'wasm' ? /^(relaxed|simd)/ : /^webgl/);
  });

  it('computes the golden embeddings that PyTorch computed for aligned crops', async () => {
    const golden = Object.entries(await goldenEmbeddings(MODEL));
    expect(golden.length).toBeGreaterThan(2);
    for (const [file, expected] of golden) {
      const crop = pixelsOf(await createImageBitmap(await fixture(`golden/${file}`)));
      expect(cosine(await engine.embedCrop(crop), expected), file).toBeGreaterThan(engine.info.arithmetic === 'int8' ? 0.999 : 0.9999);
    }
  });

  it('keeps the number of tensors constant over frames', async () => {
    const look = async () => engine.look(pixelsOf(await face('person01-a-front')), { select: 'only', gate: false, stream: null });
    await look();
    const before = engine.memory();
    for (let i = 0; i < 3; i++) expect((await look()).embedding).toHaveLength(128);
    expect(engine.memory()).toEqual(before);
  });
});
