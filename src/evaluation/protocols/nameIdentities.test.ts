import { describe, expect, it } from 'vitest';
import { nameIdentities } from './nameIdentities.js';
import { parsePairs } from './parsePairs.js';

const named = (...lines: string[]) => nameIdentities(parsePairs(['fold,a,b,same', ...lines].join('\n')));

describe('nameIdentities', () => {
  it('tells people apart by file name', () => {
    const { pictures, fault } = named('1,Ann_0001.jpg,Ann_0002.jpg,1', '1,Ann_0001.jpg,Bob_0001.jpg,0');
    expect(fault).toBeNull();
    expect(pictures.map(({ identity }) => identity)).toEqual(['Ann', 'Ann', 'Bob']);
  });

  it('or by folder', () => {
    const { pictures, fault } = named('1,Ann/1.jpg,Ann/2.jpg,1', '1,Ann/1.jpg,Bob/1.jpg,0');
    expect(fault).toBeNull();
    expect(pictures.map(({ identity }) => identity)).toEqual(['Ann', 'Ann', 'Bob']);
  });

  it('says where neither agrees with the pairs', () => {
    const { pictures, fault } = named('1,x.jpg,y.jpg,1', '1,x.jpg,z.jpg,0');
    expect(fault).toMatch(/x\.jpg and y\.jpg are one person/);
    expect(pictures.map(({ identity }) => identity)).toEqual(['x.jpg', 'y.jpg', 'z.jpg']);
  });
});
