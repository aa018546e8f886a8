import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceFile } from './replaceFile.mjs';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'visavis-replace-'))));
afterEach(() => rm(folder, { recursive: true }));

it('writes a file, whether there is one or not, and leaves nothing beside it', async () => {
  const path = join(folder, 'a.json');
  for (const text of ['1', '2']) {
    await replaceFile(path, text);
    expect(await readFile(path, 'utf8')).toBe(text);
  }
  expect(await readdir(folder)).toEqual(['a.json']);
});

it('leaves a link a link', async () => {
  await writeFile(join(folder, 'real'), '1');
  await symlink('real', join(folder, 'link'));
  await replaceFile(join(folder, 'link'), '2');
  expect((await lstat(join(folder, 'link'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(folder, 'real'), 'utf8')).toBe('2');
});

it('leaves nothing where it cannot write, and takes what is no file as it is', async () => {
  await expect(replaceFile(join(folder, 'nosuch/a.json'), '1')).rejects.toThrow('ENOENT');
  await expect(replaceFile(folder, '1')).rejects.toThrow('EISDIR');
  expect(await readdir(folder)).toEqual([]);
});

it.skipIf(process.platform === 'win32')('writes to a device', async () => {
  await replaceFile('/dev/null', '1');
  expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true);
});
