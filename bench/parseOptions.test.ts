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

  it('refuses what a report of an earlier run would ignore', () => {
    expect(parseOptions(['--from', 'bench/results.json', '--docs', '--picture', 'bench.svg'])).toMatchObject({
      from: 'bench/results.json',
      docs: true,
    });
    for (const ignored of [['--only', 'cold'], ['--rounds', '3'], ['--before', '../0.4'], ['--frames', '30'], ['--quick']]) {
      expect(() => parseOptions(['--from', 'bench/results.json', ...ignored])).toThrow(`expected no ${ignored[0]} beside it`);
    }
  });

  it('writes no documentation of some parts, or of a quick run', () => {
    expect(parseOptions(['--docs', '--json', 'results.json'])).toMatchObject({ docs: true, settings: { quick: false } });
    expect(() => parseOptions(['--docs'])).toThrow('--docs: expected --json FILE beside it');
    expect(() => parseOptions(['--docs', '--quick'])).toThrow('--docs: expected all parts');
    expect(() => parseOptions(['--docs', '--only', 'embedding'])).toThrow('--docs: expected all parts');
  });
});
