import { describe, expect, it, vi } from 'vitest';
import { assertTemplateShape } from '../../shared/assertTemplateShape.js';
import type { Template } from '../../shared/Template.js';
import { madeDoubles } from '../../matching/fixtures/madeDoubles.js';
import { templateOf } from '../fixtures/templateOf.js';
import { plainEmbedding } from './plainEmbedding.js';
import { freshProtection, turnBack } from './protection.js';
import { createProtectionKey } from './protectionKey.js';
import { protectTemplate } from './protectTemplate.js';
import { turnProbe } from './turnProbe.js';

const plain = templateOf();
const ofValues = (length: number): Template => ({ ...plain, embedding: Float32Array.from({ length }, (_, i) => Number(i === 1)) });

describe('what is turned by a key', () => {
  it('leaves nothing of the face or the rotation in memory', async () => {
    const key = await createProtectionKey();
    const turned = await protectTemplate(plain, key);
    const open = await freshProtection(plain);
    const calls: (() => Promise<unknown>)[] = [
      () => protectTemplate(plain, key),
      () => turnProbe(plain.embedding, turned),
      () => plainEmbedding(turned),
      () => turnBack(open),
    ];
    for (const call of calls) {
      const made = await madeDoubles(call);
      expect(made.length).toBeGreaterThan(1);
      for (const doubles of made) expect(doubles.every((value) => value === 0)).toBe(true);
    }
  });

  it('has at most 2,048 values', async () => {
    await protectTemplate(ofValues(2048), await createProtectionKey());
    const random = vi.spyOn(crypto, 'getRandomValues');
    await expect(freshProtection(ofValues(2049))).rejects.toThrow(
      new RangeError('expected a template of at most 2048 values to protect, got one of 2049'),
    );
    // Nor does the key stay that was made for it.
    const [made] = random.mock.results;
    expect([...(made.value as Uint8Array)]).toEqual(Array.from({ length: 32 }, () => 0));
    random.mockRestore();
    assertTemplateShape(ofValues(16_384));
    const protection = { scheme: 'rotation-int8-1', keyId: '0123456789abcdef' } as const;
    expect(() => assertTemplateShape({ ...ofValues(2049), protection })).toThrow(/2049 values, more than 2048/);
  });
});
