import { describe, expect, it } from 'vitest';
import { searchOf } from './searchOf.js';

describe('searchOf', () => {
  it('searches a picture by itself for small faces where that is asked for', () => {
    expect(searchOf({}, {})).toEqual({ stream: null, small: false });
    expect(searchOf({}, { small: true })).toEqual({ stream: null, small: true });
    expect(searchOf({}, { small: true, track: false })).toEqual({ stream: null, small: true });
    expect(searchOf({}, { track: true })).toEqual({ stream: 0, small: false });
  });

  it('refuses small with track, and what is no boolean', () => {
    expect(() => searchOf({}, { small: true, track: true })).toThrow('expected small or track, got both');
    expect(() => searchOf({}, { small: 'yes' as unknown as boolean })).toThrow('expected small to be true or false, got "yes"');
  });
});
