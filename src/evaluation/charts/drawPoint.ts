import type { OperatingPoint } from '../../shared/Manifest.js';
import { CURVE_COLOR } from './curveColor.js';
import { describePoint } from './describePoint.js';
import { element } from './element.js';

/** An operating point, which says its numbers to whoever points at it. */
export function drawPoint(point: OperatingPoint, cx: number, cy: number): string {
  const look = { r: 4.5, fill: CURVE_COLOR, stroke: 'var(--chart-ground, Canvas)', 'stroke-width': 1.5 };
  return element('circle', { cx, cy, ...look }, element('title', {}, describePoint(point)));
}
