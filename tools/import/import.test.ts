import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
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
}, 60_000);

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
