import { describe, expect, it } from 'vitest';
import { element } from './element.js';
import { formatPercent } from './formatPercent.js';
import { formatRate } from './formatRate.js';
import { probit } from './probit.js';
import { rebin } from './rebin.js';

describe('probit', () => {
  it('agrees with tables', () => {
    for (const [share, deviate] of [
      [0.5, 0],
      [0.975, 1.959963985],
      [0.001, -3.090232306],
      [1e-5, -4.264890794],
      [0.02425, -1.972961],
    ] as const) {
      expect(probit(share)).toBeCloseTo(deviate, 5);
      expect(probit(1 - share)).toBeCloseTo(-deviate, 5);
    }
    expect([probit(0), probit(1)]).toEqual([-Infinity, Infinity]);
  });
});

describe('formatRate', () => {
  it('counts in round numbers', () => {
    expect([1, 0.1, 0.03, 0.01, 1e-3, 3e-4, 1e-6, 0.0025, 0].map(formatRate)).toEqual([
      'all',
      '1 in 10',
      '3 in 100',
      '1 in 100',
      '1 in 1,000',
      '3 in 10,000',
      '1 in 1,000,000',
      '25 in 10,000',
      '0',
    ]);
  });
});

describe('formatPercent', () => {
  it('writes no exponents and no idle zeros', () => {
    expect([1e-7, 1e-5, 0.035, 0.5, 1, 0, 0.12345].map((share) => formatPercent(share))).toEqual([
      '0.00001',
      '0.001',
      '3.5',
      '50',
      '100',
      '0',
      '12.3',
    ]);
  });
});

describe('rebin', () => {
  it('keeps an area of 1', () => {
    const density = rebin([1, 3, 0, 4], 0.5, 2);
    expect(density).toEqual([0.5, 0.5]);
    expect(rebin([0, 0], 1, 2)).toEqual([0, 0]);
  });
});

describe('element', () => {
  it('escapes attributes', () => {
    expect(element('text', { x: 1.26, title: '"<&' })).toBe('<text x="1.3" title="&quot;&lt;&amp;"/>');
  });
});
