import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CheckedModel } from './checkModel.js';
import * as renaming from 'node:fs/promises';
import { modelsIn, putModel } from './modelFolder.js';

vi.mock('node:fs/promises', async (original) => {
  const all = await original<typeof import('node:fs/promises')>();
  return { ...all, rename: vi.fn(all.rename) };
});

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'visavis-models-'))));
afterEach(() => vi.restoreAllMocks());
afterEach(() => rm(folder, { recursive: true, force: true }));

const model = (files: Record<string, string>) =>
  ({
    manifest: { id: 'm' },
    files: new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])),
  }) as unknown as CheckedModel;

it('writes a model, and again only where it differs', async () => {
  expect(await putModel(folder, model({ 'a.json': '1', 'b.bin': '2' }))).toBe(true);
  expect(await putModel(folder, model({ 'a.json': '1', 'b.bin': '2' }))).toBe(false);
  await writeFile(join(folder, 'm/stale.bin'), 'of an older version');
  expect(await putModel(folder, model({ 'a.json': '3' }))).toBe(true);
  expect(await readdir(join(folder, 'm'))).toEqual(['a.json']);
  expect(await readFile(join(folder, 'm/a.json'), 'utf8')).toBe('3');
  expect(await readdir(folder)).toEqual(['m']);
});

it('makes the folder of models', async () => {
  await putModel(join(folder, 'public/models'), model({ 'a.json': '1' }));
  expect(await modelsIn(join(folder, 'public/models'))).toEqual(['m']);
});

it('leaves what is there, and nothing else, where writing fails', async () => {
  await putModel(folder, model({ 'a.json': '1' }));
  await expect(putModel(folder, model({ 'a.json': '2', 'no-folder/b.bin': '' }))).rejects.toThrow('ENOENT');
  expect(await readdir(folder)).toEqual(['m']);
  expect(await readFile(join(folder, 'm/a.json'), 'utf8')).toBe('1');
});

it('leaves what is there where the system keeps its folder', async () => {
  await putModel(folder, model({ 'a.json': '1' }));
  const { rename } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
  vi.mocked(renaming.rename).mockImplementation((from, to) =>
    String(from).includes('-new-') ? Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })) : rename(from, to),
  );
  await expect(putModel(folder, model({ 'a.json': '2' }))).rejects.toThrow('EPERM');
  vi.mocked(renaming.rename).mockImplementation(rename);
  expect(await readdir(folder)).toEqual(['m']);
  expect(await readFile(join(folder, 'm/a.json'), 'utf8')).toBe('1');
});

it('is done by several runs at once, of which one is the last', async () => {
  await putModel(folder, model({ 'a.json': 'old' }));
  const texts = Array.from({ length: 8 }, (_, i) => String(i));
  for (let round = 0; round < 10; round++) {
    await Promise.all(texts.map((text) => putModel(folder, model({ 'a.json': text, 'b.bin': text }))));
    expect(await readdir(folder)).toEqual(['m']);
    const [a, b] = await Promise.all(['a.json', 'b.bin'].map((name) => readFile(join(folder, 'm', name), 'utf8')));
    expect(texts).toContain(a);
    expect(b).toBe(a);
  }
});

it('takes away what an ended run has left, once nobody can be at work in it, and puts back what that had set aside', async () => {
  await putModel(folder, model({ 'a.json': '1' }));
  await rename(join(folder, 'm'), join(folder, '.m-old-1'));
  for (const name of ['.m-new-1', '.other-new-1']) await mkdir(join(folder, name));
  await putModel(folder, model({ 'a.json': '2' }));
  expect((await readdir(folder)).sort()).toEqual(['.m-new-1', '.m-old-1', '.other-new-1', 'm']);
  await rm(join(folder, 'm'), { recursive: true });
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
  expect(await putModel(folder, model({ 'a.json': '1' }))).toBe(false);
  expect((await readdir(folder)).sort()).toEqual(['.other-new-1', 'm']);
});

it('lists folders and links to folders only, not what an ended run has left', async () => {
  await mkdir(join(folder, 'b'));
  await mkdir(join(folder, '.m-new-1'));
  await writeFile(join(folder, 'file'), '');
  await mkdir(join(folder, '.elsewhere'));
  await symlink('.elsewhere', join(folder, 'a'), 'dir');
  await symlink('file', join(folder, 'c'));
  await symlink('nowhere', join(folder, 'd'));
  expect(await modelsIn(folder)).toEqual(['a', 'b']);
  expect(await modelsIn(join(folder, 'missing'))).toBeNull();
});
