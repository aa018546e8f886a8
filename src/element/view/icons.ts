import { svg, type SVGTemplateResult } from 'lit';
import type { CaptureAction } from '../../shared/capture.js';

const HEAD = 'M12 4.5a5.5 6.5 0 0 1 5.5 6.5c0 4-2.5 7.5-5.5 7.5s-5.5-3.5-5.5-7.5A5.5 6.5 0 0 1 12 4.5z';
const FACE = `${HEAD}M10 10.5h.01M14 10.5h.01M10.2 14.5c1.1.8 2.5.8 3.6 0`;
const LEFT =
  'M14 4.5a5 6.5 0 0 1 5 6.5c0 4-2.2 7.5-5 7.5s-5-3.5-5-7.5a5 6.5 0 0 1 5-6.5zM11 10.5h.01M14 10.5h.01M6 8l-3.5 3.5L6 15M2.5 11.5h4.5';
const RIGHT =
  'M10 4.5a5 6.5 0 0 1 5 6.5c0 4-2.2 7.5-5 7.5s-5-3.5-5-7.5a5 6.5 0 0 1 5-6.5zM10 10.5h.01M13 10.5h.01M18 8l3.5 3.5L18 15M21.5 11.5H17';
const CLOSER =
  'M12 8a3.6 4.2 0 0 1 3.6 4.2c0 2.6-1.6 4.8-3.6 4.8s-3.6-2.2-3.6-4.8A3.6 4.2 0 0 1 12 8zM3 7V3h4M17 3h4v4M21 17v4h-4M7 21H3v-4';

/** Outlines in a square of 24, drawn with a pen. */
const ICONS = {
  'face-camera': FACE,
  front: FACE,
  'turn-left': LEFT,
  'slightly-left': LEFT,
  'turn-right': RIGHT,
  'slightly-right': RIGHT,
  'look-up': 'M12 9a5 6 0 0 1 5 6c0 3.7-2.2 6.5-5 6.5S7 18.7 7 15a5 6 0 0 1 5-6zM10 13.5h.01M14 13.5h.01M8.5 5.5 12 2l3.5 3.5M12 2v4.5',
  'look-down':
    'M12 2.5a5 6 0 0 1 5 6c0 3.7-2.2 6.5-5 6.5s-5-2.8-5-6.5a5 6 0 0 1 5-6zM10 10h.01M14 10h.01M8.5 18.5 12 22l3.5-3.5M12 22v-4.5',
  'come-closer': CLOSER,
  'other-distance': CLOSER,
  blink: 'M3 11c2.5 3 5.5 4.5 9 4.5s6.5-1.5 9-4.5M12 15.5v3M7 14.5l-1.2 2.6M17 14.5l1.2 2.6',
  'open-mouth': `${HEAD}M9.8 9.5h.01M14.2 9.5h.01M12 12a2 2.3 0 0 1 0 4.6 2 2.3 0 0 1 0-4.6z`,
  'hold-still':
    'M12 8a3.8 4.5 0 0 1 3.8 4.5c0 2.8-1.7 5-3.8 5s-3.8-2.2-3.8-5A3.8 4.5 0 0 1 12 8zM12 2v2.5M4.5 5l1.8 1.8M19.5 5l-1.8 1.8M2 12h2.5M19.5 12H22M4.5 20l1.8-1.8M19.5 20l-1.8-1.8',
  camera: 'M3.5 8.5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2zM15.5 11l5-3v8l-5-3',
  lock: 'M7.5 10.5v-2.5a4.5 4.5 0 0 1 9 0v2.5M6.5 10.5h11a1.5 1.5 0 0 1 1.5 1.5v6a1.5 1.5 0 0 1-1.5 1.5h-11a1.5 1.5 0 0 1-1.5-1.5v-6a1.5 1.5 0 0 1 1.5-1.5zM12 14v2',
  good: 'm5.5 12.5 4.5 4.5 8.5-10',
  bad: 'm6.5 6.5 11 11M17.5 6.5l-11 11',
  trouble: 'M12 5.5v8.5M12 18.3v.01',
} satisfies Record<CaptureAction | 'camera' | 'lock' | 'good' | 'bad' | 'trouble', string>;
export type IconName = keyof typeof ICONS;

/** A picture beside words that say the same. */
export function icon(name: IconName): SVGTemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path pathLength="1" d=${ICONS[name]} /></svg>`;
}
