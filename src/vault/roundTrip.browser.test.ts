import { deleteDB } from 'idb';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { templateOf } from './fixtures/templateOf.js';
import { openVault } from './openVault.js';

afterEach(async () => {
  for (const name of ['from', 'to']) await deleteDB(`visavis-vault-${name}`);
});

/** One in ten is odd, so that about half of the templates are taken. */
const mostly = <T>(usual: fc.Arbitrary<T>, ...odd: fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: fc.oneof(...odd), weight: 1 });

/** Texts of whole and half characters, near the limits of what is taken. */
const text = mostly(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  fc.string({ unit: 'binary', minLength: 0, maxLength: 8 }),
  fc.constantFrom('', '\ud800', 'a\udfff', '__proto__', '\0', 'é'.repeat(256), 'é'.repeat(257), 'x'.repeat(1024), 'x'.repeat(1025)),
);

const template: fc.Arbitrary<Template> = fc
  .record({
    model: text,
    modelVersion: text,
    pipelineVersion: mostly(fc.nat(), fc.constantFrom(-1, 0.5, 2 ** 32 - 1, 2 ** 32)),
    captures: mostly(fc.integer({ min: 1, max: 100 }), fc.nat(), fc.constantFrom(1e21, Number.MAX_VALUE, 0.5, NaN)),
    consistency: mostly(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1.001 })),
    createdAt: mostly(
      fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }).map((date) => date.toISOString()),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom('2026-01-02', '1 (x)', '', 'now', `2026 (${'x'.repeat(2000)})`),
    ),
    values: mostly(fc.constantFrom(2, 128, 16_384), fc.constantFrom(1, 16_385)),
    at: fc.nat(1),
    others: mostly<object>(fc.constant({}), fc.constantFrom({ note: 'mine' }, { protection: undefined })),
  })
  .map(({ values, at, others, ...fields }) => {
    const embedding = Float32Array.from({ length: values }, (_, i) => (i === at ? 1 : 0));
    return { ...templateOf(), ...fields, ...others, embedding };
  });

/** As it comes back: without other fields; -0 is 0 in JSON. */
function kept({ format, formatVersion, model, modelVersion, pipelineVersion, embedding, captures, consistency, createdAt }: Template) {
  const origin = { format, formatVersion, model, modelVersion, pipelineVersion };
  return { ...origin, embedding, captures, consistency: consistency + 0, createdAt };
}

describe('what put takes', () => {
  it('get gives back, and so does import after export; the rest put refuses', async () => {
    const [from, to] = [await openVault({ name: 'from' }), await openVault({ name: 'to' })];
    const taken = new Map<string, Template>();
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(text, template, async (id, one) => {
        const error: unknown = await from.put(id, one).then(
          () => null,
          (cause: unknown) => cause,
        );
        if (error !== null) {
          refused++;
          expect(error instanceof VisavisError || error instanceof RangeError || error instanceof TypeError).toBe(true);
          return;
        }
        taken.set(id, kept(one));
        expect(await from.get(id)).toEqual(kept(one));
      }),
      { numRuns: 200 },
    );
    // Both are tried.
    expect(taken.size).toBeGreaterThan(25);
    expect(refused).toBeGreaterThan(25);
    const { file, skipped } = await from.export('correct horse');
    expect(skipped).toEqual([]);
    expect((await to.import(file, 'correct horse')).sort()).toEqual([...taken.keys()].sort());
    for (const [id, one] of taken) expect(await to.get(id)).toEqual(one);
    from.close();
    to.close();
  });
});
