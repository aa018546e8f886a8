import { describe, expect, it } from 'vitest';
import { parseCfp, type CfpTexts } from './parseCfp.js';

const list = (kind: string) =>
  ['001', '002', '003'].flatMap((person, p) => ['01', '02'].map((n, i) => `${2 * p + i + 1} ../Data/Images/${person}/${kind}/${n}.jpg`));
const texts = (same: string, different: string): CfpTexts => ({
  frontal: { name: 'Pair_list_F.txt', text: list('frontal').join('\r\n') },
  profile: { name: 'Pair_list_P.txt', text: `${list('profile').join('\n')}\n` },
  splits: ['01', '02'].map((fold) => ({
    fold,
    same: { name: `${fold}/same.txt`, text: same },
    different: { name: `${fold}/diff.txt`, text: different },
  })),
});

describe('parseCfp', () => {
  it('pairs frontal pictures with profiles', () => {
    const { pictures, pairs } = parseCfp('FP', texts('1,2\n3,3\n', '1,3\n\n4,1\n'));
    expect(pairs).toHaveLength(8);
    expect(pairs.slice(0, 3)).toEqual([
      { fold: '01', a: 'Data/Images/001/frontal/01.jpg', b: 'Data/Images/001/profile/02.jpg', same: true },
      { fold: '01', a: 'Data/Images/002/frontal/01.jpg', b: 'Data/Images/002/profile/01.jpg', same: true },
      { fold: '01', a: 'Data/Images/001/frontal/01.jpg', b: 'Data/Images/002/profile/01.jpg', same: false },
    ]);
    expect(pictures).toContainEqual({ file: 'Data/Images/001/profile/01.jpg', identity: '001', group: 'profile' });
    expect(new Set(pictures.map(({ file }) => file)).size).toBe(pictures.length);
  });

  it('pairs frontal pictures with each other', () => {
    const { frontal, splits } = texts('1,2', '2,6');
    const { pictures, pairs } = parseCfp('FF', { frontal, splits });
    expect(pairs[1]).toEqual({ fold: '01', a: 'Data/Images/001/frontal/02.jpg', b: 'Data/Images/003/frontal/02.jpg', same: false });
    expect(new Set(pictures.map(({ group }) => group))).toEqual(new Set(['frontal']));
  });

  it('names the text and line that is wrong', () => {
    expect(() => parseCfp('FP', texts('1,2', '1,3\n1,99\n'))).toThrow(/01.diff\.txt, line 2: .*"1,99"/);
    expect(() => parseCfp('FP', texts('1,2', '1,1\n'))).toThrow(/one person by their folders/);
    expect(() => parseCfp('FP', { ...texts('', ''), profile: undefined })).toThrow(/list of profile pictures/);
  });

  it.each(['1 ../../../etc/passwd', '1 /etc/passwd', '1 C:/x.jpg', '1 ..', 'x ../Data/1.jpg'])('refuses the list entry %s', (text) => {
    expect(() => parseCfp('FF', { ...texts('', ''), frontal: { name: 'Pair_list_F.txt', text } })).toThrow(/Pair_list_F\.txt, line 1/);
  });
});
