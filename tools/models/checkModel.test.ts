import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import pins from '../../src/shared/manifestPins.json';
import type { Manifest } from '../../src/shared/Manifest.js';
import { checkModel } from './checkModel.js';
import { filesOf } from './modelFolder.js';

const ID = 'mobilenet-160';
const FOLDER = filesOf(join(import.meta.dirname, '../../public/models', ID));
const hashOf = (bytes: Buffer) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

/** The shipped model with some files changed, or missing (null). */
const changed = (files: Record<string, Buffer | null>) => (name: string) => (name in files ? Promise.resolve(files[name]) : FOLDER(name));

async function manifestWith(change: (manifest: Manifest) => object): Promise<Buffer> {
  const manifest = JSON.parse((await FOLDER('manifest.json'))!.toString()) as Manifest;
  return Buffer.from(JSON.stringify({ ...manifest, ...change(manifest) }));
}

it('takes the model as it ships, with what tells people about it', async () => {
  const { manifest, integrity, known, files } = await checkModel(FOLDER, 'x', { id: ID, pinned: true });
  expect([manifest.id, integrity, known]).toEqual([ID, pins[ID], true]);
  expect([...files.keys()]).toEqual(['manifest.json', 'model.json', 'weights.bin', 'cohort.bin', 'LICENSE', 'MODEL_CARD.md']);
});

it('refuses one flipped bit, a missing file and another length', async () => {
  const weights = (await FOLDER('weights.bin'))!;
  const flipped = Buffer.from(weights);
  flipped[weights.length >> 1] ^= 1;
  await expect(checkModel(changed({ 'weights.bin': flipped }), 'x')).rejects.toThrow(
    /^x\/weights\.bin was altered: expected 3383816 bytes/,
  );
  await expect(checkModel(changed({ 'weights.bin': weights.subarray(1) }), 'x')).rejects.toThrow(/got 3383815/);
  await expect(checkModel(changed({ 'model.json': null }), 'x')).rejects.toThrow('x lacks model.json');
  await expect(checkModel(changed({ 'manifest.json': null }), 'x')).rejects.toThrow('x holds no model');
});

it('refuses a changed manifest of a shipped model, whatever it says', async () => {
  const rewritten = await manifestWith(() => ({ source: 'elsewhere' }));
  await expect(checkModel(changed({ 'manifest.json': rewritten }), 'x')).rejects.toThrow(
    `x/manifest.json is not the one that was pinned: expected ${pins[ID]}, got ${hashOf(rewritten)}`,
  );
});

it('takes another model only with the hash that the caller names', async () => {
  const own = await manifestWith(() => ({ id: 'my-model' }));
  const read = changed({ 'manifest.json': own });
  await expect(checkModel(read, 'x', { pinned: true })).rejects.toThrow(`No hash is known of the model my-model in x: if you trust it`);
  await expect(checkModel(read, 'x', { pinned: true, integrity: pins[ID] })).rejects.toThrow('is not the one that was pinned');
  expect(await checkModel(read, 'x', { pinned: true, integrity: hashOf(own) })).toMatchObject({ known: false, integrity: hashOf(own) });
  await expect(checkModel(read, 'x', { id: ID })).rejects.toThrow('x holds the model my-model; expected mobilenet-160');
});

it.each(['../evil', '..', '/etc', 'a/b', 'a\\b', ''])('refuses the id %j, which is no folder name', async (id) => {
  const own = await manifestWith(() => ({ id }));
  await expect(checkModel(changed({ 'manifest.json': own }), 'x', { integrity: hashOf(own) })).rejects.toThrow(/no folder name|id is ""/);
});

it('refuses a manifest that lists files elsewhere', async () => {
  const own = await manifestWith(({ files: [first, second] }) => ({
    id: 'my-model',
    files: [first, { ...second, path: '../weights.bin' }],
  }));
  await expect(checkModel(changed({ 'manifest.json': own }), 'x', { integrity: hashOf(own) })).rejects.toThrow(
    'files names "../weights.bin"',
  );
});
