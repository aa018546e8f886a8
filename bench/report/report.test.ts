import { describe, expect, it } from 'vitest';
import { sampleResults } from '../fixtures/sampleResults.js';
import { picture } from '../picture.mjs';
import { table, tables } from '../table.mjs';
import { checkWhole } from './checkWhole.mjs';
import { plainText } from './plainText.mjs';
import { BEGIN, END, replaceBetween } from './replaceBetween.mjs';

describe('tables', () => {
  it('puts each figure beside its ratio to visavis', () => {
    const [libraries, runtimes, inception, recognizers] = tables(sampleResults);
    const row = (what: string) => libraries.find(([first]) => first.includes(what))!.slice(1);
    expect(row('following')).toEqual(['20.0 ms', '50.0 ms (2.50×)', '90.0 ms (4.50×)']);
    expect(row('anew')).toEqual(['40.0 ms', '50.0 ms (1.25×)', '120 ms (3.00×)']);
    expect(row('empty cache, 10')).toEqual(['2.00 s', '4.00 s (2.00×)', '8.00 s (4.00×)']);
    expect(runtimes).toEqual([
      ['embedding alone', '1 thread', '2 threads'],
      ['visavis', '10.0 ms', '5.0 ms'],
      ['LiteRT.js', '15.0 ms (1.50×)', '–'],
    ]);
    expect(inception).toEqual([
      ['`inception-160` alone', '1 thread', '2 threads'],
      ['visavis', '50.0 ms', '–'],
      ['TensorFlow.js', '100 ms (2.00×)', '–'],
    ]);
    expect(recognizers.slice(1)).toEqual([
      ['`a-network`', '1.23 M', '4.92 MB', '160 M', '20.0 ms', '8.0 billion/s, 50 %', '12.5 ms', '12.8 billion/s, 40 %', '40.0 ms (2.00×)'],
    ]);
  });

  it('gives no ratio to nothing', () => {
    const [libraries] = tables(sampleResults);
    const row = (what: string) => libraries.find(([first]) => first.includes(what))!.slice(1);
    expect(row('blocked in 10 s')).toEqual(['0.0 ms', '1000 ms', '2000 ms']);
    expect(row('grown')).toEqual(['-0.00 MB', '–', '1.00 MB']);
  });

  it('are published of all parts only, and never of a quick run', () => {
    const { date, browser, machine, versions, settings, embedding, cold, recognizers } = sampleResults;
    const measured = (...ids: string[]) => {
      const networks = ids.map((id) => ({ ...recognizers!.networks[0], id }));
      return { ...sampleResults, recognizers: { ...recognizers!, networks } };
    };
    const whole = measured('inception-resnet-v1', 'faceplugin-112', 'mobilefacenet-112');
    expect(() => checkWhole(whole)).not.toThrow();
    expect(() => checkWhole(measured('inception-resnet-v1', 'faceplugin-112'))).toThrow('got none of mobilefacenet-112');
    expect(() => checkWhole({ ...whole, settings: { ...settings, quick: true } })).toThrow('--quick');
    expect(() => checkWhole({ date, browser, machine, versions, settings, embedding, cold })).toThrow(
      'got none of inception, recognizers, frames, blocking, memory',
    );
  });

  it('leaves out parts that were not run', () => {
    const { date, browser, machine, versions, settings } = sampleResults;
    expect(tables({ date, browser, machine, versions, settings })).toEqual([]);
  });
});

describe('table', () => {
  it('is Markdown that says what machine and when', () => {
    const text = table(sampleResults);
    expect(text).toContain('| frame → embedding, following the face');
    expect(text).toMatch(/^\| -+ \| -+ \| -+ \| -+ \|$/m);
    expect(text).toContain('2026-11-22: A processor, 2 cores, Chromium 156');
  });
});

describe('plainText', () => {
  it('says how far the ratios move', () => {
    expect(plainText(sampleResults)).toContain("inception-160 alone, 1 thread(s): TensorFlow.js takes 2.00× visavis's time");
    expect(plainText(sampleResults)).toContain("embedding alone, 1 thread(s): LiteRT.js takes 1.50× visavis's time (turns: 1.50× … 1.50×)");
  });
});

describe('replaceBetween', () => {
  it('changes nothing outside the markers', () => {
    const text = `before\n${BEGIN}\nold\n${END}\nafter`;
    const changed = replaceBetween(text, 'new');
    expect(changed).toBe(`before\n${BEGIN}\n\nnew\n\n${END}\nafter`);
    expect(replaceBetween(changed, 'new')).toBe(changed);
    expect(() => replaceBetween('no markers', 'new')).toThrow(BEGIN);
  });
});

describe('picture', () => {
  it('draws a bar for each figure, as long as the figure is large, for light and for dark pages', () => {
    const svg = picture(sampleResults);
    expect(svg).toContain('prefers-color-scheme: dark');
    const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    // Frame → embedding: 20, 50 and 90 ms.
    expect(widths[1] / widths[0]).toBeCloseTo(2.5, 1);
    expect(widths[2] / widths[0]).toBeCloseTo(4.5, 1);
    expect(svg).toContain('50.0 ms · 2.50×');
    // One runtime alone compares with nothing.
    expect(svg).not.toContain('2 threads');
  });
});
