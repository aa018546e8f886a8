import { expect, it } from 'vitest';
import type { OperatingPoint } from '../../shared/Manifest.js';
import { neverLooser } from './neverLooser.js';

const point = (fmr: number, threshold: number, fnmr: number, extrapolated = false): OperatingPoint => ({
  ...{ fmr, threshold, fnmr, fmrInterval: [0, 1], fnmrInterval: [0, 1] },
  ...(extrapolated && { extrapolated }),
});
const curve = (templateFrames: number, probeFrames: number, ...operatingPoints: OperatingPoint[]) => ({
  ...{ templateFrames, probeFrames, operatingPoints },
});

it('takes the stricter point of fewer pictures where more seem to permit a larger distance, and only where nothing was counted', () => {
  const few = curve(1, 1, point(1e-2, 1.1, 0.1), point(1e-4, 0.9, 0.3, true));
  const other = curve(1, 3, point(1e-2, 1.0, 0.05), point(1e-4, 0.7, 0.2, true));
  const many = curve(3, 1, point(1e-2, 1.15, 0.02), point(1e-3, 1.05, 0.04, true), point(1e-4, 0.95, 0.05, true));
  const [one, , three] = neverLooser([few, other, many]);
  expect(one).toEqual(few);
  expect(three.operatingPoints).toEqual([point(1e-2, 1.15, 0.02), point(1e-3, 1.05, 0.04, true), point(1e-4, 0.9, 0.3, true)]);
});

it('leaves no curve on which a stricter point refuses fewer', () => {
  const few = curve(1, 1, point(1e-3, 1.0, 0.2, true), point(1e-4, 0.99, 0.3, true));
  const many = curve(2, 1, point(1e-3, 1.1, 0.01, true), point(1e-4, 0.98, 0.02, true));
  expect(neverLooser([few, many])[1].operatingPoints.map(({ fnmr }) => fnmr)).toEqual([0.2, 0.2]);
});
