import { describe, expect, it } from 'vitest';
import { assertOptions, type OptionNames } from './assertOptions.js';

interface Options {
  fmr?: number;
  onProgress?: () => void;
  signal?: AbortSignal;
}
const NAMES: OptionNames<Options> = { fmr: true, onProgress: true, signal: true };
const check = (options: object) => () => assertOptions(options as Options, NAMES, 'verify');

describe('assertOptions', () => {
  it('has nothing against known options, any or none of them', () => {
    for (const options of [{}, { fmr: undefined }, { fmr: 1, signal: undefined, onProgress() {} }, Object.create({ more: 1 }) as object])
      check(options)();
  });

  it.each([
    ['FMR', 'fmr'],
    ['fmrr', 'fmr'],
    ['onprogres', 'onProgress'],
    ['sginal', 'signal'],
  ])('refuses %s and names %s', (name, nearest) => {
    expect(check({ [name]: 1 })).toThrow(TypeError);
    expect(check({ [name]: 1 })).toThrow(
      `expected options of verify (fmr, onProgress, signal), got "${name}"; the nearest is "${nearest}"`,
    );
  });

  it('refuses a signal that is none', () => {
    for (const signal of [new AbortController().signal, undefined, null]) check({ signal })();
    for (const signal of [new AbortController(), {}, 3, 'signal', { aborted: false }]) {
      expect(check({ signal })).toThrow(TypeError);
      expect(check({ signal })).toThrow('expected signal to be an AbortSignal, got');
    }
  });

  it('refuses what is no object', () => {
    expect(check(null as unknown as object)).toThrow('expected the options of verify, an object, got null');
    expect(check(3 as unknown as object)).toThrow(TypeError);
  });
});
