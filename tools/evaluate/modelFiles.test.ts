import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { modelFiles, readNormalized } from './modelFiles.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visavis-files-'));
  for (const [id, kind] of [
    ['blazeface-256', 'detector'],
    ['facemesh-192', 'landmarks'],
    ['mine', 'embedder'],
  ]) {
    put(id, JSON.stringify({ id, kind, files: [{ path: 'weights.bin', sha256: id }], embedder: {} }));
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(id: string, manifest: string): void {
  mkdirSync(join(folder, id), { recursive: true });
  writeFileSync(join(folder, id, 'manifest.json'), manifest);
}

const ALL = ['blazeface-256', 'facemesh-192', 'mine'];

it('takes the checksums of the model and of what it needs, whatever else lies there', async () => {
  put('damaged', '{');
  put('foreign', 'null');
  put('an-app', '{ "name": "a page" }');
  put('other', JSON.stringify({ id: 'other', kind: 'embedder', files: [{ path: 'weights.bin', sha256: 'other' }] }));
  mkdirSync(join(folder, 'empty'));
  expect(await modelFiles(folder, 'mine')).toEqual(ALL);
});

it('follows links to models that lie elsewhere', async () => {
  renameSync(join(folder, 'mine'), join(folder, '.elsewhere'));
  symlinkSync('.elsewhere', join(folder, 'mine'), 'dir');
  expect(await modelFiles(folder, 'mine')).toEqual(ALL);
});

it.each(['mine', 'facemesh-192'])('names the manifest that is broken (%s)', async (id) => {
  put(id, '{ "id":');
  await expect(modelFiles(folder, 'mine')).rejects.toThrow(join(folder, id, 'manifest.json'));
  put(id, '{}');
  await expect(modelFiles(folder, 'mine')).rejects.toThrow(join(folder, id, 'manifest.json'));
  if (id === 'mine') await expect(readNormalized(folder, id)).rejects.toThrow(join(folder, id, 'manifest.json'));
});

it('says what is not there', async () => {
  await expect(modelFiles(folder, 'yours')).rejects.toThrow('blazeface-256, facemesh-192, mine');
  rmSync(join(folder, 'facemesh-192'), { recursive: true });
  await expect(modelFiles(folder, 'mine')).rejects.toThrow(/lacks facemesh-192/);
  await expect(modelFiles(join(folder, 'missing'), 'mine')).rejects.toThrow('--model');
});
