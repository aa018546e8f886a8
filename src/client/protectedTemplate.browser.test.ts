import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { face, MODELS_URL } from '../../e2e/fixtures/pictures.js';
import { Gallery } from '../matching/Gallery.js';
import type { Template } from '../shared/Template.js';
import { createProtectionKey } from '../vault/protection/protectionKey.js';
import { protectTemplate } from '../vault/protection/protectTemplate.js';
import { createFaceVerifier } from './createFaceVerifier.js';
import { distanceTo } from './distanceTo.js';
import type { FaceVerifier } from './FaceVerifier.js';
import { parseTemplate, serializeTemplate } from './templateText.js';

describe('a protected template', () => {
  let verifier: FaceVerifier;
  let plain: Template;
  let template: Template;

  beforeAll(async () => {
    verifier = await createFaceVerifier({ modelsUrl: MODELS_URL, backend: 'wasm' });
    plain = await verifier.enroll(await face('person01-a-front'));
    template = await protectTemplate(plain, await createProtectionKey());
  });
  afterAll(() => verifier.dispose());

  it('is verified like the plain one, and leaves the caller’s embeddings alone', async () => {
    const captures = await Promise.all(['person01-d-smile', 'person06-a-front'].map(async (name) => verifier.embed(await face(name))));
    const before = captures.map(({ embedding }) => embedding.slice());
    for (const [i, match] of [true, false].entries()) {
      const [a, b] = [await verifier.verify(captures[i], plain), await verifier.verify(captures[i], template)];
      expect([a.match, b.match]).toEqual([match, match]);
      expect(Math.abs(a.distance! - b.distance!)).toBeLessThan(0.01);
      expect(await distanceTo(captures[i].embedding, template)).toBeCloseTo(b.distance!, 5);
    }
    expect(captures.map(({ embedding }) => embedding)).toEqual(before);
  });

  it('travels as text without its key, and is then refused', async () => {
    const text = serializeTemplate(template);
    const copy = parseTemplate(text);
    expect(copy).toEqual({ ...template, protection: { scheme: 'rotation-int8-1', keyId: template.protection!.keyId } });
    await expect(verifier.verify(await face('person01-d-smile'), copy)).rejects.toMatchObject({ code: 'template-invalid' });
    const again = { ...copy, protection: template.protection };
    expect((await verifier.verify(await face('person01-d-smile'), again)).match).toBe(true);
  });

  it('is not taken into a gallery', () => {
    expect(() => new Gallery([['ann', template]])).toThrow(expect.objectContaining({ code: 'template-incompatible' }) as Error);
  });
});
