import { describe, expect, it } from 'vitest';
import { discardCurves } from '../statistics/discardCurves.js';
import { measureVerification } from '../statistics/measureVerification.js';
import { testCrowd } from '../fixtures/testCrowd.js';
import { detChart } from './detChart.js';
import { discardChart } from './discardChart.js';
import { rocChart } from './rocChart.js';
import { scoreChart } from './scoreChart.js';
import { standaloneChart } from './standaloneChart.js';
import { FONT_SIZE, textWidth } from './text.js';

const crowds = [0.02, 0.25, 0.6, 3].map((spread) => testCrowd({ pictures: Array.from({ length: 40 }, (_, i) => 1 + (i % 5)), spread }));
const reports = crowds.map((crowd) => measureVerification(crowd, { resamples: 20 }));
/** Measures that say nothing. */
const discards = (i: number) =>
  discardCurves(
    crowds[i].map((sample, n) => ({ ...sample, measures: { score: ((7 * n) % 100) / 100 } })),
    { thresholds: reports[i].operatingPoints },
  );

const charts = reports.flatMap(({ curve, operatingPoints: points, equalErrorRate, histogram }, i) =>
  [330, 360, 560, 900].flatMap((width) => [
    { name: `roc of crowd ${i} at ${width}`, svg: rocChart(curve, { points, width }) },
    { name: `det of crowd ${i} at ${width}`, svg: detChart(curve, { points, equalErrorRate, width }) },
    { name: `scores of crowd ${i} at ${width}`, svg: scoreChart(histogram, { thresholds: points, width }) },
    { name: `errors and discards of crowd ${i} at ${width}`, svg: discardChart(discards(i), { width }) },
  ]),
);

/** The room of each label, as far as it can be known without a page. */
function labels(svg: string) {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', words = '']) => {
    const value = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(` ${attributes}`)?.[1];
    const [x, y, anchor] = [Number(value('x')), Number(value('y')), value('text-anchor') ?? 'start'];
    const room = textWidth(words);
    const left = anchor === 'end' ? x - room : anchor === 'middle' ? x - room / 2 : x;
    return { words, left, right: left + room, top: y - 0.8 * FONT_SIZE, bottom: y + 0.2 * FONT_SIZE };
  });
}

describe.each(charts)('$name', ({ svg }) => {
  it('says what it shows, and holds no script, no number that is none and no id', () => {
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*aria-label="[^"]{20,}"/);
    expect(svg).not.toMatch(/<script|NaN|Infinity|undefined|\sid=|\son\w+=|href/);
  });

  it('takes its colors from outside', () => {
    const colors = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, color]) => color);
    expect(colors.length).toBeGreaterThan(2);
    for (const color of colors) expect(color).toMatch(/^(none|currentColor|var\(--chart-[a-z]+, (#[0-9a-f]{6}|Canvas)\))$/);
  });

  it('has labels that lie inside and apart', () => {
    const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
    const all = labels(svg);
    expect(all).not.toEqual([]);
    for (const label of all) {
      expect(label.left, label.words).toBeGreaterThanOrEqual(-1);
      expect(label.right, label.words).toBeLessThanOrEqual(width + 1);
    }
    const clashes = all.flatMap((a, i) =>
      all
        .slice(i + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => `${a.words} and ${b.words}`),
    );
    expect(clashes).toEqual([]);
  });
});

describe('charts without data', () => {
  it('say so', () => {
    expect(rocChart([])).toContain('Too few pairs');
    expect(detChart([])).toContain('Too few pairs');
    const none = { threshold: 1, falseMatches: 9, fmrInterval: null, falseNonMatches: 1, fnmr: 0.1, fnmrInterval: null };
    const useless = [0.78, 0.63].map((fmr) => ({ ...none, fmr }));
    expect(detChart(useless)).toContain('Too few pairs');
    expect(discardChart([])).toContain('No genuine pair');
    expect(scoreChart({ width: 1, genuine: [0, 0], impostor: [0, 0] })).toContain('No pairs');
  });

  it('draw what there is: one person has no strangers', () => {
    const { histogram } = measureVerification(testCrowd({ pictures: [5] }), { resamples: 5 });
    const svg = scoreChart(histogram);
    expect(svg).toContain('same person');
    expect(svg).not.toContain('different people');
  });
});

describe('rocChart', () => {
  it('marks each operating point, and says its numbers', () => {
    const { curve, operatingPoints: points } = reports[1];
    const svg = rocChart(curve, { points });
    expect(svg.match(/<circle [^>]*><title>/g)).toHaveLength(points.length);
    expect(svg).toContain(`threshold ${points[0].threshold.toFixed(3)}`);
  });
});

describe('standaloneChart', () => {
  it('gives a chart colors of its own, for light and for dark pages', () => {
    const [curve] = discards(3);
    expect(curve.points[0].refused).toBeGreaterThan(0);
    const chart = discardChart([curve]);
    const svg = standaloneChart(chart);
    expect(svg).toMatch(/^<svg xmlns="[^>]*><style>svg \{[^<]*prefers-color-scheme: dark[^<]*<\/style>/);
    expect(svg.replace(/<style>.*<\/style>/, '').trim()).toBe(chart);
    for (const [, name] of chart.matchAll(/var\((--[a-z-]+)/g)) expect(svg).toContain(`${name}: #`);
  });
});
