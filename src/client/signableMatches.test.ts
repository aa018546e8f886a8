import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { redeemMatch } from '../shared/matchLedger.js';
import type { LookResult } from '../shared/captures.js';
import { ScriptedLooker, TEMPLATE } from './fixtures/ScriptedLooker.js';
import type { ImageSource } from './pictures/ImageSource.js';
import { CAPTURE_LIFETIME, recordEmbedding } from './madeEmbeddings.js';
import type { Sources } from './pictures/Sources.js';
import { verifyFrom } from './verifyFrom.js';

const PICTURE = {} as ImageSource;

/** Records what it makes, as a verifier does. */
class HonestLooker extends ScriptedLooker {
  override async look(source: ImageSource): Promise<LookResult & { embedding: Float32Array }> {
    const { face, embedding } = await super.look(source);
    await recordEmbedding(this, embedding!, face);
    return { face, embedding: embedding! };
  }
}

let looker: HonestLooker;
beforeEach(() => (looker = new HonestLooker()));
afterEach(() => void vi.useRealTimers());

async function matched(sources: Sources) {
  const result = await verifyFrom(looker, sources, TEMPLATE, {});
  expect(result).toMatchObject({ match: true });
  return result;
}

async function expectSignable(sources: Sources) {
  expect(redeemMatch(await matched(sources))).toMatchObject({ model: 'm', points: 'shipped' });
}

/** It is a match all the same: what a page does with it is the page's. */
async function expectForeign(sources: Sources) {
  const result = await matched(sources);
  expect(() => redeemMatch(result)).toThrow(/got one of other embeddings/);
}

it('takes no capture without what was seen of its face', async () => {
  const { face, embedding } = await looker.look(PICTURE);
  for (const none of [null, undefined, {}, { ...face, quality: null }]) {
    const call = verifyFrom(looker, { embedding, face: none } as never, TEMPLATE, {});
    await expect(call).rejects.toThrow(/^expected what embed returned, got a face that is/);
  }
});

describe('a match can be signed', () => {
  it('of pictures, and of what the verifier gave for them', async () => {
    await expectSignable(PICTURE);
    const [one, two] = [await looker.look(PICTURE), await looker.look(PICTURE)];
    await expectSignable([one, PICTURE, two]);
    await expectSignable(one);
    await expectSignable({ ...one });
  });

  it('not of the template’s own embedding, in whatever form', async () => {
    const { face } = await looker.look(PICTURE);
    const embedding = TEMPLATE.embedding;
    await expectForeign({ face, embedding });
    await expectForeign({ face, embedding: embedding.slice() });
    await expectForeign([await looker.look(PICTURE), { face, embedding }]);
  });

  it('not of copies of what the verifier gave', async () => {
    const one = await looker.look(PICTURE);
    await expectForeign(structuredClone(one));
    await expectForeign({ ...one, embedding: new Float32Array(one.embedding) });
    await expectForeign({ ...one, embedding: one.embedding.subarray() });
  });

  it('not of an array of the verifier’s own that was written into', async () => {
    const one = await looker.look(PICTURE);
    one.embedding.set([Math.SQRT1_2, Math.SQRT1_2, 0, 0]);
    await expectForeign(one);
    one.embedding[0] = Math.fround(Math.SQRT1_2) - 2 ** -24;
    await expectForeign(one);
    one.embedding.set([1, 0, 0, 0]);
    await expectSignable(one);
    one.embedding.set([-0, 1, 0, 0]);
    expect(await verifyFrom(looker, one, TEMPLATE, {})).toMatchObject({ match: false });
  });

  it('whatever is written into the array, or put in its place, while it is compared', async () => {
    looker.embedding = () => [0, 1, 0, 0];
    const stranger = await looker.look(PICTURE);
    let reads = 0;
    const shifty = {
      face: stranger.face,
      get embedding() {
        return reads++ === 0 ? stranger.embedding : TEMPLATE.embedding;
      },
    };
    expect(await verifyFrom(looker, shifty, TEMPLATE, {})).toMatchObject({ match: false, reason: 'different-person' });
    expect(reads).toBe(1);
    const outcomes = new Set<boolean>();
    for (let turns = 0; turns < 60; turns++) {
      const capture = await looker.look(PICTURE);
      const verdict = verifyFrom(looker, capture, TEMPLATE, {});
      for (let turn = 0; turn < turns; turn++) await (turn < 40 ? null : new Promise((resolve) => setTimeout(resolve)));
      capture.embedding.set(TEMPLATE.embedding);
      const result = await verdict;
      outcomes.add(result.match);
      expect(() => redeemMatch(result)).toThrow(TypeError);
    }
    // Some came too late, some just in time.
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it('not of what another verifier saw, or one that records nothing', async () => {
    const one = await new HonestLooker().look(PICTURE);
    await expectForeign(one);
    looker.look = (source) => ScriptedLooker.prototype.look.call(looker, source) as ReturnType<HonestLooker['look']>;
    await expectForeign(PICTURE);
  });

  it('of what the gate refuses as one by the page’s own points, whatever the page says of it: no rate was measured there', async () => {
    const good = await looker.look(PICTURE);
    const { face } = good;
    Object.assign(looker, { face: { ...face, quality: { ...face.quality, reasons: ['blurred'] } } });
    const poor = await looker.look(PICTURE);
    expect(poor.face.quality.reasons).toEqual(['blurred']);
    for (const [sources, options] of [
      [PICTURE, { gate: false }],
      [poor, { gate: false }],
      [[good, poor], { gate: false }],
      [{ ...poor, face }, {}],
      [[good, { ...poor, face }], {}],
    ] as const) {
      const result = await verifyFrom(looker, sources, TEMPLATE, options);
      expect(redeemMatch(result)).toMatchObject({ points: 'own' });
    }
    for (const options of [{ gate: false }, {}]) {
      const result = await verifyFrom(looker, good, TEMPLATE, options);
      expect(redeemMatch(result)).toMatchObject({ points: 'shipped' });
    }
  });

  it('not of captures of long ago, also where the device slept meanwhile or its clock was set', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'Date'] });
    for (const away of [CAPTURE_LIFETIME + 1, -CAPTURE_LIFETIME - 1]) {
      const one = await looker.look(PICTURE);
      vi.setSystemTime(Date.now() + away);
      await expectForeign(one);
    }
    const one = await looker.look(PICTURE);
    vi.advanceTimersByTime(CAPTURE_LIFETIME);
    await expectSignable(one);
    vi.advanceTimersByTime(1);
    await expectForeign([one, PICTURE]);
    await expectSignable(PICTURE);
  });
});
