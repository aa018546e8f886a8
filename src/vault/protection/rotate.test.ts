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
import { parsePayload, writePayload } from '../sealed/templatePayload.js';

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
  });

  it('is read where it has more, as older versions kept it, and not turned', async () => {
    const key = await createProtectionKey();
    const { protection } = await protectTemplate(plain, key);
    const large = { ...ofValues(16_384), protection };
    assertTemplateShape(large);
    const stored = parsePayload(writePayload(large), large);
    expect(stored.embedding.length).toBe(16_384);
    const message = expect.stringMatching(/has 16384 values.*without protection/) as string;
    await expect(turnProbe(plain.embedding, large)).rejects.toMatchObject({ code: 'template-invalid', message });
    const open = { template: stored, protectionKey: new Uint8Array(32) };
    await expect(turnBack(open)).rejects.toMatchObject({ code: 'template-invalid', message });
  });

  it('is read at once, whatever its owner does with it meanwhile', async () => {
    const key = await createProtectionKey();
    const wanted = await protectTemplate(plain, key);
    const [template, probe] = [templateOf(), plain.embedding.slice()];
    const calls = [protectTemplate(template, key), turnProbe(probe, wanted)] as const;
    for (const values of [template.embedding, probe]) values.fill(0);
    Object.assign(template, { captures: 99 });
    expect(await calls[0]).toEqual(wanted);
    expect(await calls[1]).toEqual(await turnProbe(plain.embedding, wanted));
  });

  it('is turned back by its own key only', async () => {
    const open = await freshProtection(plain);
    const other = { ...open, protectionKey: new Uint8Array(32) };
    await expect(turnBack(other)).rejects.toMatchObject({
      code: 'template-invalid',
      message: expect.stringMatching(/another key/) as string,
    });
  });
});
