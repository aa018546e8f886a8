import type { OperatingPoint } from '../../src/index.js';
import { prefersStill } from './prefersStill.js';

export interface GaugeReading {
  readonly distance: number;
  readonly threshold: number;
  readonly points: readonly OperatingPoint[];
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
const SCALE = 2;
const TRACK = { y: 34, height: 12 };

/** Draws the distance on a scale from 0 to 2 against the threshold; null clears it. */
export function drawGauge(place: Element, reading: GaugeReading | null): void {
  if (!reading) {
    place.replaceChildren();
    return;
  }
  const { distance, threshold, points } = reading;
  const loosest = Math.max(threshold, ...points.map((p) => p.threshold));
  const svg = make('svg', { class: 'gauge', role: 'img', width: '100%', height: 88, 'aria-label': describe(reading) });

  const zone = (from: number, to: number, kind: string) =>
    make('rect', { class: `zone ${kind}`, x: percent(from), width: percent(to - from), y: TRACK.y, height: TRACK.height });
  svg.append(zone(0, threshold, 'same'), zone(threshold, loosest, 'near'), zone(loosest, SCALE, 'other'));

  const tick = make('g', { class: 'gauge-threshold' });
  tick.append(
    make('line', { x1: percent(threshold), x2: percent(threshold), y1: TRACK.y - 8, y2: TRACK.y + TRACK.height + 4 }),
    label(threshold, 16, `threshold ${threshold.toFixed(2)}`),
  );
  const marker = make('g', { class: `gauge-marker ${distance <= threshold ? 'same' : 'other'}` });
  const middle = TRACK.y + TRACK.height / 2;
  marker.append(
    make('circle', { class: 'gauge-halo', cx: percent(distance), cy: middle, r: 12 }),
    make('circle', { class: 'gauge-point', cx: percent(distance), cy: middle, r: 8 }),
    label(distance, 72, `distance ${distance.toFixed(2)}`),
  );
  // The ends are labeled if the marker's own label leaves room.
  if (distance > 0.4) svg.append(label(0, 72, '0'));
  if (distance < 1.6) svg.append(label(SCALE, 72, '2'));
  svg.append(tick, marker);
  place.replaceChildren(svg);
  if (!prefersStill()) {
    marker.animate([{ transform: 'translateX(-18%)', opacity: 0 }, { opacity: 1 }], { duration: 550, easing: 'cubic-bezier(.2,.8,.2,1)' });
  }
}

function describe({ distance, threshold }: GaugeReading): string {
  const side = distance <= threshold ? 'within' : 'beyond';
  return `Distance ${distance.toFixed(2)} on a scale from 0 (identical) to 2, ${side} the threshold of ${threshold.toFixed(2)}.`;
}

/** A label centered at its value, kept inside the gauge at the ends. */
function label(value: number, y: number, text: string): SVGElement {
  const anchor = value < 0.4 ? 'start' : value > 1.6 ? 'end' : 'middle';
  const out = make('text', { x: percent(value), y, 'text-anchor': anchor });
  out.textContent = text;
  return out;
}

function percent(value: number): string {
  return `${((value / SCALE) * 100).toFixed(2)}%`;
}

function make(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
