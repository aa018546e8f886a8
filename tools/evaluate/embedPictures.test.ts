import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { embedPictures } from './embedPictures.mjs';

const { evaluate, close } = vi.hoisted(() => ({ evaluate: vi.fn(), close: vi.fn() }));
vi.mock('./openPage.mjs', () => ({ openPage: () => Promise.resolve({ page: { evaluate }, close }) }));

const FILES = ['a.jpg', 'b.jpg'];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visavis-embed-'));
  for (const file of FILES) writeFileSync(join(folder, file), file);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A run whose page answers at once; `interrupt` is called before it opens, with each batch, while it closes, or never. */
function run(at: 'open' | 'batch' | 'close' | 'never') {
  const stop = new AbortController();
  evaluate.mockImplementation((_: unknown, files: unknown) => {
    if (at === (Array.isArray(files) ? 'batch' : 'open')) stop.abort();
    if (!Array.isArray(files)) return Promise.resolve({ model: 'm' });
    return Promise.resolve(files.map((file: string) => ({ file, embedding: [1], reasons: [], measures: {}, lasting: true })));
  });
  close.mockImplementation(() => {
    if (at === 'close') stop.abort();
    return Promise.resolve();
  });
  return embedPictures({
    ...{ images: folder, files: FILES, backend: 'wasm', arithmetic: 'auto', models: folder, model: 'm' },
    cacheAt: () => join(folder, 'cache.jsonl'),
    onStart: () => () => undefined,
    signal: stop.signal,
  });
}

it('says that it was stopped also where the last pictures are done, or all were kept by an earlier run', async () => {
  expect(await run('batch')).toMatchObject({ stopped: true, known: 0, kept: 2 });
  expect(await run('open')).toMatchObject({ stopped: true, known: 2, kept: 2 });
  expect(await run('close')).toMatchObject({ stopped: true, known: 2, kept: 2 });
  expect(await run('never')).toMatchObject({ stopped: false, known: 2, kept: 2 });
});
