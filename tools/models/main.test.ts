import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { run } from './main.js';

const MODEL = join(import.meta.dirname, '../../public/models/mobilenet-160');
let root: string;
vi.mock('../packageRoot.js', () => ({ packageRoot: () => root }));

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'visavis-models-'));
  vi.spyOn(console, 'log').mockReturnValue(undefined);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});

it('lists and copies the models that ship, and not what somebody imported beside them or a run has left', async () => {
  const models = join(root, 'public/models');
  await cp(MODEL, join(models, 'mobilenet-160'), { recursive: true });
  await mkdir(join(models, 'mine'));
  const manifest = await readFile(join(MODEL, 'manifest.json'), 'utf8');
  await writeFile(join(models, 'mine/manifest.json'), manifest.replace('"mobilenet-160"', '"mine"'));
  await mkdir(join(models, '.mine-new-1'));
  await mkdir(join(models, 'empty'));
  await run(['list']);
  await run(['copy', join(root, 'copied')]);
  const said = vi.mocked(console.log).mock.calls.flat().join('\n');
  expect(said).toMatch(/^mobilenet-160, \d\.\d MB/);
  expect(said).toContain(': written to');
  expect(said).not.toContain('mine');
});
