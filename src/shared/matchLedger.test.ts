import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MATCH_LIFETIME_MS, recordForeignMatch, recordMatch, redeemMatch } from './matchLedger.js';
import type { Challenge } from './liveness.js';
import type { VerifyResult } from './verification.js';

const ORIGIN = { model: 'mobilenet-160', modelVersion: '1.2.0', pipelineVersion: 1, points: 'shipped' } as const;
const match = (more: Partial<VerifyResult> = {}): VerifyResult => ({
  ...{ match: true, distance: 0.5, normalizedDistance: 0.6, threshold: 1.1, extrapolated: false },
  ...{ estimatedFmr: 1e-6, face: null, frames: 3, liveness: null },
  ...more,
});

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

describe('matchLedger', () => {
  it('gives back what was recorded, once', () => {
    const result = match();
    recordMatch(result, ORIGIN, 1e-3);
    expect(redeemMatch(result)).toEqual({ ...ORIGIN, fmr: 1e-3, threshold: 1.1, frames: 3, liveness: null, matchedAt: 1_800_000_000_000 });
    expect(() => redeemMatch(result)).toThrow(TypeError);
  });

  it('knows no copy, and no object that only looks like a match', () => {
    const result = match();
    recordMatch(result, ORIGIN, 1e-3);
    for (const other of [
      { ...result },
      structuredClone(result),
      Object.create(result) as object,
      match(),
      null,
      undefined,
      'match',
      true,
    ]) {
      expect(() => redeemMatch(other)).toThrow(/^expected the result of a verification that matched/);
    }
    expect(redeemMatch(result).frames).toBe(3);
  });

  it('knows a match of embeddings that came from elsewhere, and never gives it away', () => {
    const result = match();
    recordForeignMatch(result);
    for (let i = 0; i < 2; i++) expect(() => redeemMatch(result)).toThrow(/got one of other embeddings$/);
  });

  it('keeps what was true at the verdict, whatever is written into the result later', () => {
    const challenges: Challenge[] = ['turn-left'];
    const liveness = { challenges, finishedAt: '2026-01-02T03:04:05.000Z' };
    const result = match({ liveness });
    recordMatch(result, ORIGIN, 1e-3);
    Object.assign(result, { threshold: 0.1, frames: 99 });
    challenges.push('blink');
    liveness.finishedAt = 'never';
    expect(redeemMatch(result)).toMatchObject({
      threshold: 1.1,
      frames: 3,
      liveness: { challenges: ['turn-left'], finishedAt: '2026-01-02T03:04:05.000Z' },
    });
  });

  it('forgets after its lifetime, by either clock', () => {
    const ages = [
      () => vi.advanceTimersByTime(MATCH_LIFETIME_MS + 1),
      () => vi.setSystemTime(Date.now() + MATCH_LIFETIME_MS + 1),
      () => vi.setSystemTime(Date.now() - MATCH_LIFETIME_MS - 1),
    ];
    for (const pass of ages) {
      const result = match();
      recordMatch(result, ORIGIN, 1e-3);
      pass();
      expect(() => redeemMatch(result)).toThrow(expect.objectContaining({ code: 'match-expired' }));
      expect(() => redeemMatch(result)).toThrow(TypeError);
    }
    const result = match();
    recordMatch(result, ORIGIN, 1e-3);
    vi.advanceTimersByTime(MATCH_LIFETIME_MS);
    expect(redeemMatch(result).fmr).toBe(1e-3);
  });
});
