import { describe, expect, it } from 'vitest';
import { parseOptions, PARTS } from './parseOptions.mjs';

describe('parseOptions', () => {
  it('runs everything, unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({
      only: [...PARTS],
      settings: { rounds: 10, runs: 10, frames: 1000, before: null },
      docs: false,
      json: null,
    });
    expect(parseOptions(['--only', 'frames, cold', '--rounds', '6', '--quick', '--before', '../0.4'])).toMatchObject({
      only: ['frames', 'cold'],
      settings: { rounds: 6, runs: 3, before: '../0.4' },
    });
    expect(parseOptions(['--help'])).toBeNull();
  });

  it('says what it expected', () => {
    expect(() => parseOptions(['--only', 'speed'])).toThrow('got "speed"');
    expect(() => parseOptions(['--rounds', '0'])).toThrow('expected a whole number of at least 1, got "0"');
  });
});
