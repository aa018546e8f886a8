import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkModel } from '../models/checkModel.js';
import { filesOf } from '../models/modelFolder.js';
import { run as inspect } from './inspect.js';
import { run } from './main.js';

const FILE = join(import.meta.dirname, '../../src/importer/fixtures/inception-resnet-v1-tiny-legacy.pt');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visavis-import-'));
  vi.spyOn(console, 'log').mockReturnValue(undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

it('writes a model folder, of which every byte is checked, and says what is in it', async () => {
  const out = join(folder, 'mine');
  await run([FILE, '--id', 'mine', '--out', out, '--normalize', '127.5,128', '--channels', 'bgr', '--crop', 'box+8', '--license', 'MIT']);
  const { manifest } = await checkModel(filesOf(out), out, { id: 'mine' });
  expect(manifest).toMatchObject({ license: 'MIT', crop: { boxMargin: 8 }, embedder: { operatingPoints: [] } });
  expect(manifest.input).toMatchObject({ scale: 1 / 128, offset: -127.5 / 128 });
  await inspect([out]);
  expect(vi.mocked(console.log).mock.lastCall).toEqual([expect.stringContaining('format         model folder')]);
}, 240_000);

it('writes nothing of a file that is refused, and names wrong flags', async () => {
  const out = join(folder, 'mine');
  await expect(run([import.meta.filename, '--id', 'mine', '--out', out])).rejects.toThrow('is of no format that is known here');
  await expect(run([FILE, '--id', 'mine', '--out', out, '--crop', 'tight'])).rejects.toThrow(
    '--crop: expected aligned or box+MARGIN, got tight',
  );
  await expect(run([FILE, '--id', 'mine', '--out', out, '--license-file', join(folder, 'nosuch')])).rejects.toThrow('--license-file: ');
  await expect(run([FILE, '--id', 'other', '--out', out])).rejects.toThrow('has to be called other');
  expect(existsSync(out)).toBe(false);
});

describe('a folder that is there', () => {
  let out: string;
  beforeEach(() => mkdirSync((out = join(folder, 'mine'))));
  const missing = join(import.meta.dirname, 'nosuch.pt');

  it.each([
    ['what is no model', { 'notes.txt': 'a year of work' }],
    ['a web app', { 'manifest.json': '{ "name": "mine", "icons": [] }', 'index.html': '' }],
    ['another model', { 'manifest.json': '{ "id": "other" }', 'weights.bin': '1' }],
    ['no object', { 'manifest.json': 'null' }],
    ['half a manifest', { 'manifest.json': '{ "id": "mi' }],
  ])('is left alone where it holds %s, before anything is read', async (_, files) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text);
    await expect(run([missing, '--id', 'mine', '--out', out])).rejects.toThrow(/^--out: .*mine is not empty, and holds no model mine/);
    expect(readdirSync(out).sort()).toEqual(Object.keys(files).sort());
  });

  it('is taken where it is empty, and where it is none but a file it is refused', async () => {
    await expect(run([missing, '--id', 'mine', '--out', out])).rejects.toThrow('nosuch.pt cannot be read');
    writeFileSync(join(folder, 'file'), '');
    await expect(run([missing, '--id', 'file', '--out', join(folder, 'file')])).rejects.toThrow(/^--out: .* is a file$/);
  });

  it('says which operating points go, and keeps the file that is imported', async () => {
    writeFileSync(join(out, 'manifest.json'), '{ "id": "mine", "embedder": { "operatingPoints": [{}, {}] } }');
    copyFileSync(FILE, join(out, 'network.pt'));
    await expect(run([join(out, 'network.pt'), '--id', 'mine', '--out', out])).rejects.toThrow('lies in the folder that is replaced');
    await run([FILE, '--id', 'mine', '--out', out]);
    expect(console.log).toHaveBeenCalledWith(expect.stringMatching(/^Note: .*mine has 2 operating points, which go with it/));
    vi.mocked(console.log).mockClear();
    await run([FILE, '--id', 'mine', '--out', out]);
    expect(console.log).not.toHaveBeenCalledWith(expect.stringContaining('which go with it'));
  }, 240_000);
});

it('takes no name of ours, which is said before anything is read', async () => {
  await expect(run(['nosuch.pt', '--id', 'mobilenet-160', '--out', join(folder, 'mobilenet-160')])).rejects.toThrow(
    '--id: mobilenet-160 is a model of visavis',
  );
});

describe('inspect', () => {
  const MODEL = join(import.meta.dirname, '../../public/models/mobilenet-160');

  it('reads the weights that a manifest names, however many files they are', async () => {
    const copy = join(folder, 'shards');
    cpSync(MODEL, copy, { recursive: true });
    const weights = readFileSync(join(copy, 'weights.bin'));
    writeFileSync(join(copy, 'group1.bin'), weights.subarray(0, 1000));
    writeFileSync(join(copy, 'group2.bin'), weights.subarray(1000));
    rmSync(join(copy, 'weights.bin'));
    const manifest = JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8')) as { files: { path: string }[] };
    const files = manifest.files.flatMap((file) =>
      file.path === 'weights.bin' ? ['group1.bin', 'group2.bin'].map((path) => ({ ...file, path })) : [file],
    );
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, files }));
    await inspect([MODEL]);
    await inspect([copy]);
    const [[whole], [sharded]] = vi.mocked(console.log).mock.calls as string[][];
    expect(sharded).toBe(whole);
  });

  it('names the file that is wrong, and flags that a folder does not take', async () => {
    await expect(inspect([folder])).rejects.toThrow(`${join(folder, 'manifest.json')} cannot be read`);
    writeFileSync(join(folder, 'manifest.json'), 'null');
    await expect(inspect([folder])).rejects.toThrow('manifest.json is not a usable model manifest: it is not an object');
    for (const flag of [
      ['--architecture', 'MobileNet'],
      ['--input-size', '160'],
    ]) {
      await expect(inspect([MODEL, ...flag])).rejects.toThrow('--architecture and --input-size belong to files');
    }
  });
});
