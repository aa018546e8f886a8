import type { OperatingPoint } from '../../shared/Manifest.js';
import { CURVE_COLOR } from './curveColor.js';
import { describePoint } from './describePoint.js';
import { element } from './element.js';

/** An operating point that shows its numbers on hover. */
export function drawPoint(point: OperatingPoint, cx: number, cy: number): string {
  const look = { r: 4.5, fill: CURVE_COLOR, stroke: 'var(--chart-ground, Canvas)', 'stroke-width': 1.5 };
  return element('circle', { cx, cy, ...look }, element('title', {}, describePoint(point)));
}
