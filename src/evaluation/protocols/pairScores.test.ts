import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestThreshold } from './bestThreshold.js';
import { crossValidate } from './crossValidate.js';
import { equalErrorRate } from './equalErrorRate.js';
import { parsePairs } from './parsePairs.js';
import { tarAtFar } from './tarAtFar.js';

const score = (same: boolean, distance: number, fold = '1') => ({ fold, same, distance });
const scores = fc.array(
  fc.record({ fold: fc.constantFrom('1', '2', '3'), same: fc.boolean(), distance: fc.integer({ min: 0, max: 20 }).map((v) => v / 10) }),
  { minLength: 2, maxLength: 40 },
);

describe('parsePairs', () => {
  it('reads pairs, also with Windows line ends', () => {
    expect(parsePairs('fold,a,b,same\r\n1,x.jpg,y.jpg,1\r\n2,x.jpg,z.jpg,0\r\n')).toEqual([
      { fold: '1', a: 'x.jpg', b: 'y.jpg', same: true },
      { fold: '2', a: 'x.jpg', b: 'z.jpg', same: false },
    ]);
  });

  it('names the line that is wrong', () => {
    expect(() => parsePairs('a,b\n')).toThrow(/header/);
    expect(() => parsePairs('fold,a,b,same\n1,x,y,1\n1,x,y,maybe')).toThrow(/line 3/);
  });
});

describe('bestThreshold', () => {
  it('is as accurate as the best of all thresholds tried one by one', () => {
    fc.assert(
      fc.property(scores, (all) => {
        const accuracy = (t: number) => all.filter((s) => s.distance <= t === s.same).length / all.length;
        const best = Math.max(...[-1, ...all.map((s) => s.distance)].map(accuracy));
        const found = bestThreshold(all);
        expect(found.accuracy).toBeCloseTo(best, 12);
        expect(accuracy(found.threshold)).toBeCloseTo(best, 12);
      }),
    );
  });

  it('never accepts a pair without a face', () => {
    expect(bestThreshold([score(true, Infinity), score(true, 0.5), score(false, 1)])).toEqual({ threshold: 0.75, accuracy: 2 / 3 });
  });
});

describe('crossValidate', () => {
  it('judges each fold by the others’ threshold', () => {
    const all = ['1', '2'].flatMap((fold) => [score(true, 0.5, fold), score(false, fold === '1' ? 1 : 0.6, fold)]);
    // Fold 1 is judged at 0.55 (right twice), fold 2 at 0.75 (its impostor at 0.6 passes).
    expect(crossValidate(all)).toMatchObject({ accuracy: 0.75, std: 0.25, perFold: [{ accuracy: 1 }, { accuracy: 0.5 }] });
    expect(() => crossValidate([score(true, 1)])).toThrow(/at least 2 folds/);
  });
});

describe('rates', () => {
  const genuine = [0.2, 0.4, 0.6, 1.2].map((d) => score(true, d));
  const impostor = [0.5, 1, 1.1, 1.3].map((d) => score(false, d));

  it('finds TAR at FAR by hand', () => {
    expect(tarAtFar([...genuine, ...impostor], 0.25)).toEqual({ far: 0.25, tar: 0.75, threshold: 0.75 });
    expect(tarAtFar([...genuine, ...impostor], 0)).toMatchObject({ tar: 0.5 });
  });

  it('finds the equal error rate by hand', () => {
    expect(equalErrorRate([...genuine, ...impostor])).toEqual({ rate: 0.25, threshold: 0.6 });
  });
});
