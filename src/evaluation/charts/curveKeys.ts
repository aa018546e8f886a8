import { CURVE_COLOR } from './curveColor.js';
import type { Key } from './layKeys.js';

/** The legend of a measured curve. */
export function curveKeys({ points }: { readonly points: boolean }): Key[] {
  return [
    { mark: 'line', color: CURVE_COLOR, label: 'measured' },
    { mark: 'area', color: CURVE_COLOR, label: '95 % interval' },
    ...(points ? [{ mark: 'dot', color: CURVE_COLOR, label: 'operating point, with its threshold' } as const] : []),
  ];
}
