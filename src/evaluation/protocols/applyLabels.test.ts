import { describe, expect, it } from 'vitest';
import { applyLabels } from './applyLabels.js';

describe('applyLabels', () => {
  const pictures = [
    { file: 'a/1.jpg', identity: 'a' },
    { file: 'a/2.jpg', identity: 'a' },
    { file: 'b/1.jpg', identity: 'b' },
  ];

  it('takes people or pictures', () => {
    const byPerson = applyLabels(pictures, 'identity,group\na,"one, two"\nz,three\n');
    expect(byPerson.pictures.map(({ group }) => group)).toEqual(['one, two', 'one, two', undefined]);
    expect(byPerson.notes).toEqual(['1 of 2 lines name nothing among the pictures', '1 of 3 pictures have no group']);
    const byFile = applyLabels(pictures, '\uFEFFfile,group\r\na/1.jpg,x\r\na/2.jpg,y\r\nb/1.jpg,y');
    expect(byFile).toEqual({ pictures: pictures.map((p, i) => ({ ...p, group: i === 0 ? 'x' : 'y' })), notes: [] });
  });

  it('refuses what it cannot mean', () => {
    expect(() => applyLabels(pictures, 'name,group\na,b')).toThrow(/header/);
    expect(() => applyLabels(pictures, 'identity,group\na')).toThrow(/got "a"/);
    expect(() => applyLabels(pictures, 'identity,group\na,x\na,y')).toThrow(/two groups/);
    expect(() => applyLabels(pictures, 'identity,group\nq,x')).toThrow(/no identity/);
  });
});
