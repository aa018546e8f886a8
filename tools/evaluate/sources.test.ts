import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCfp } from './readCfp.mjs';
import { readLabels } from './readLabels.mjs';
import { readPairs } from './readPairs.mjs';
import { readPeople } from './readPeople.mjs';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'visavis-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function put(file: string, text = '') {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

describe('readPeople', () => {
  it('reads a folder for each person, and says what it leaves out', async () => {
    for (const file of [
      'Ann/1.jpg',
      'Ann/2.PNG',
      'Bob/x.webp',
      'Bob/notes.txt',
      'Bob/old/3.jpg',
      'stray.jpg',
      '.hidden/1.jpg',
      'Ann/.DS_Store',
    ])
      put(file);
    mkdirSync(join(folder, 'Nobody'));
    symlinkSync(join(folder, 'gone'), join(folder, 'link'));
    const { pictures, notes, protocol, fault } = await readPeople(folder, 'mine');
    expect(pictures).toEqual([
      { file: 'Ann/1.jpg', identity: 'Ann' },
      { file: 'Ann/2.PNG', identity: 'Ann' },
      { file: 'Bob/x.webp', identity: 'Bob' },
    ]);
    expect([protocol, fault]).toEqual([null, null]);
    expect(notes).toEqual([
      '1 folder has no pictures: Nobody',
      '1 folder inside a person’s folder is not read: Bob/old',
      '2 files are outside any person’s folder: link, stray.jpg',
      '1 file does not have a picture’s name: Bob/notes.txt',
    ]);
  });

  it('says what it expects where there are no pictures', async () => {
    put('1.jpg');
    await expect(readPeople(folder, 'mine')).rejects.toThrow(/one folder for each person/);
  });
});

describe('readPairs', () => {
  const csv = (...lines: string[]) => ['fold,a,b,same', ...lines].join('\n');

  it('tells people apart by file name', async () => {
    put('pairs.csv', csv('1,Ann_0001.jpg,Ann_0002.jpg,1', '1,Ann_0001.jpg,Bob_0001.jpg,0'));
    const { pictures, fault } = await readPairs(folder, join(folder, 'pairs.csv'), 'x');
    expect(fault).toBeNull();
    expect(pictures.map(({ identity }) => identity)).toEqual(['Ann', 'Ann', 'Bob']);
  });

  it('or by folder', async () => {
    put('pairs.csv', csv('1,Ann/1.jpg,Ann/2.jpg,1', '1,Ann/1.jpg,Bob/1.jpg,0'));
    const { pictures, fault } = await readPairs(folder, join(folder, 'pairs.csv'), 'x');
    expect(fault).toBeNull();
    expect(pictures.map(({ identity }) => identity)).toEqual(['Ann', 'Ann', 'Bob']);
  });

  it('says where neither agrees with the pairs', async () => {
    put('pairs.csv', csv('1,x.jpg,y.jpg,1', '1,x.jpg,z.jpg,0'));
    const { fault, protocol } = await readPairs(folder, join(folder, 'pairs.csv'), 'x');
    expect(fault).toMatch(/x\.jpg and y\.jpg are one person/);
    expect(protocol?.pairs).toHaveLength(2);
  });
});

describe('readCfp', () => {
  beforeEach(() => {
    const list = (kind: string) =>
      ['001', '002', '003'].flatMap((person, p) =>
        ['01', '02'].map((n, i) => `${2 * p + i + 1} ../Data/Images/${person}/${kind}/${n}.jpg`),
      );
    put('Protocol/Pair_list_F.txt', list('frontal').join('\r\n'));
    put('Protocol/Pair_list_P.txt', `${list('profile').join('\n')}\n`);
    for (const fold of ['01', '02', '10']) {
      put(`Protocol/Split/FP/${fold}/same.txt`, '1,2\n3,3\n');
      put(`Protocol/Split/FP/${fold}/diff.txt`, '1,3\n\n4,1\n');
      put(`Protocol/Split/FF/${fold}/same.txt`, '1,2');
      put(`Protocol/Split/FF/${fold}/diff.txt`, '2,6');
    }
  });

  it('pairs frontal pictures with profiles', async () => {
    const { pictures, protocol } = await readCfp(folder, 'FP', 'CFP');
    expect(protocol?.name).toBe('CFP-FP');
    expect(protocol?.pairs).toHaveLength(12);
    expect(protocol?.pairs.slice(0, 3)).toEqual([
      { fold: '01', a: 'Data/Images/001/frontal/01.jpg', b: 'Data/Images/001/profile/02.jpg', same: true },
      { fold: '01', a: 'Data/Images/002/frontal/01.jpg', b: 'Data/Images/002/profile/01.jpg', same: true },
      { fold: '01', a: 'Data/Images/001/frontal/01.jpg', b: 'Data/Images/002/profile/01.jpg', same: false },
    ]);
    expect(pictures).toContainEqual({ file: 'Data/Images/001/profile/01.jpg', identity: '001', group: 'profile' });
    expect(pictures).toContainEqual({ file: 'Data/Images/002/frontal/02.jpg', identity: '002', group: 'frontal' });
    expect(new Set(pictures.map(({ file }) => file)).size).toBe(pictures.length);
  });

  it('pairs frontal pictures with each other', async () => {
    const { pictures, protocol } = await readCfp(folder, 'FF', 'CFP');
    expect(protocol?.pairs[1]).toEqual({
      fold: '01',
      a: 'Data/Images/001/frontal/02.jpg',
      b: 'Data/Images/003/frontal/02.jpg',
      same: false,
    });
    expect(new Set(pictures.map(({ group }) => group))).toEqual(new Set(['frontal']));
  });

  it('names the file and line that is wrong', async () => {
    put('Protocol/Split/FP/02/diff.txt', '1,3\n1,99\n');
    await expect(readCfp(folder, 'FP', 'x')).rejects.toThrow(/02.diff\.txt, line 2: .*"1,99"/);
    put('Protocol/Split/FP/02/diff.txt', '1,1\n');
    await expect(readCfp(folder, 'FP', 'x')).rejects.toThrow(/one person by their folders/);
    put('Protocol/Pair_list_F.txt', '1 ../../../etc/passwd');
    await expect(readCfp(folder, 'FP', 'x')).rejects.toThrow(/Pair_list_F\.txt, line 1/);
  });

  it('says what is missing', async () => {
    rmSync(join(folder, 'Protocol/Split'), { recursive: true });
    await expect(readCfp(folder, 'FP', 'x')).rejects.toThrow(/no splits/);
    rmSync(join(folder, 'Protocol'), { recursive: true });
    await expect(readCfp(folder, 'FP', 'x')).rejects.toThrow(/Pair_list_F\.txt is missing/);
  });
});

describe('readLabels', () => {
  const pictures = [
    { file: 'a/1.jpg', identity: 'a' },
    { file: 'b/1.jpg', identity: 'b' },
  ];

  it('names its option in notes and errors', async () => {
    put('labels.csv', 'identity,group\na,one\nz,two\n');
    const labeled = await readLabels(pictures, join(folder, 'labels.csv'));
    expect(labeled.pictures.map(({ group }) => group)).toEqual(['one', undefined]);
    expect(labeled.notes).toEqual(['--labels: 1 of 2 lines name nothing among the pictures', '--labels: 1 of 2 pictures have no group']);
    put('labels.csv', 'name,group\na,b');
    await expect(readLabels(pictures, join(folder, 'labels.csv'))).rejects.toThrow(/^--labels: expected the header/);
  });
});
