import { expect, it } from 'vitest';
import { withCohort } from './withCohort.js';

const rule = { count: 4, scale: 0.01, k: 2, weight: 0.5, center: 0.2 };
const info = (change: Partial<typeof rule> = {}, sha256 = 'ab'.repeat(32)) => ({
  embeddingSize: 3,
  normalized: {
    operatingPoints: [],
    measurement: null,
    fused: [],
    cohort: { bytes: new Uint8Array(12), sha256, rule: { ...rule, ...change } },
  },
});

it('makes a cohort once, and another where an engine that started anew has another file or rule', () => {
  const { cohort } = withCohort(info(), undefined)!;
  expect(cohort.toFile()).toMatchObject({ embeddingSize: 3, rule });
  expect(withCohort(info(), cohort)!.cohort).toBe(cohort);
  for (const change of [{ k: 1 }, { scale: 0.02 }, { weight: 0.4 }, { center: 0.1 }]) {
    expect(withCohort(info(change), cohort)!.cohort.toFile().rule).toEqual({ ...rule, ...change });
  }
  expect(withCohort(info({}, 'cd'.repeat(32)), cohort)!.cohort.sha256).toBe('cd'.repeat(32));
  expect(withCohort({ embeddingSize: 3, normalized: null }, cohort)).toBeNull();
});
