import { describe, expect, it } from 'vitest';
import { redeemMatch } from '../shared/matchLedger.js';
import type { LookResult } from '../shared/captures.js';
import type { VerifierInfo } from '../shared/VerifierInfo.js';
import { enrollFrom } from './enrollFrom.js';
import { ScriptedLooker, TEMPLATE } from './fixtures/ScriptedLooker.js';
import type { LiveParts } from './live/LiveParts.js';
import { verifyLiveFrom } from './live/verifyLiveFrom.js';
import { watchFrom } from './live/watchFrom.js';
import type { ImageSource } from './pictures/ImageSource.js';
import { recordEmbedding } from './madeEmbeddings.js';
import { createFakeCamera } from './testing/createFakeCamera.js';
import { verifyFrom } from './verifyFrom.js';

const PICTURE = {} as ImageSource;

/** Records what it makes, as a verifier does. */
class HonestLooker extends ScriptedLooker {
  override async look(source: ImageSource): Promise<LookResult> {
    const result = await super.look(source);
    await recordEmbedding(this, result.embedding!, result.face);
    return result;
  }
}

/** Its model was imported, and never measured. */
class UncalibratedLooker extends HonestLooker {
  override readonly info: VerifierInfo = { ...new ScriptedLooker().info, operatingPoints: [] };
  override embedding = () => [0.8, 0.6, 0, 0];
}
const looker = new UncalibratedLooker();
/** Of what it sees to the template. */
const DISTANCE = Math.sqrt(2 - 2 * 0.8);

describe('a model without operating points', () => {
  it('enrolls', async () => {
    const { embedding, captures } = await enrollFrom(looker, [PICTURE, PICTURE], {});
    expect(captures).toBe(2);
    expect(embedding[0]).toBeCloseTo(0.8, 6);
  });

  it('decides at the distance that it is told, and the match says whose threshold it is', async () => {
    const result = await verifyFrom(looker, PICTURE, TEMPLATE, { threshold: DISTANCE + 0.01 });
    expect(result).toMatchObject({ match: true, threshold: DISTANCE + 0.01, estimatedFmr: 1 });
    expect(redeemMatch(result)).toMatchObject({ points: 'own', fmr: 1 });
    expect(await verifyFrom(looker, PICTURE, TEMPLATE, { threshold: DISTANCE - 0.01 })).toMatchObject({ match: false });
  });

  it('demands to be told, before it looks', async () => {
    looker.given.length = 0;
    await expect(verifyFrom(looker, PICTURE, TEMPLATE, {})).rejects.toThrow('decide at a `threshold` of your own');
    await expect(verifyFrom(looker, PICTURE, TEMPLATE, { threshold: 2.1 })).rejects.toThrow(RangeError);
    await expect(verifyFrom(looker, PICTURE, TEMPLATE, { threshold: 1, fmr: 1e-3 })).rejects.toThrow(TypeError);
    expect(looker.given).toHaveLength(0);
  });

  it('advises nothing that a live call does not take', async () => {
    const parts: LiveParts = { looker, drawSession: () => expect.unreachable('no session was asked for') };
    const unmeasured = /^this model has no operating points: measure them with `npx visavis calibrate`, or choose another model$/;
    await expect(verifyLiveFrom(parts, createFakeCamera(), TEMPLATE, {})).rejects.toThrow(unmeasured);
    expect(() => watchFrom(looker, createFakeCamera(), TEMPLATE, {})).toThrow(unmeasured);
  });
});

it('a threshold of one’s own counts with a measured model too', async () => {
  const measured = new HonestLooker();
  const result = await verifyFrom(measured, PICTURE, TEMPLATE, { threshold: 1.1 });
  expect(result).toMatchObject({ match: true, threshold: 1.1 });
  expect(redeemMatch(result)).toMatchObject({ points: 'own', fmr: 1e-3 });
});
