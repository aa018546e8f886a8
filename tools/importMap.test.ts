import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtMapSource, importMap, sourceOf } from './importMap.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-map-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('builtMapSource', () => {
  it('is that of the import map in the pages', async () => {
    const map = importMap({ './assets/main.js': 'sha384-abc' });
    await writeFile(join(folder, 'index.html'), `<head><script type="importmap">${map}</script></head>`);
    expect(builtMapSource(folder)).toBe(sourceOf(map));
  });

  it('says what to do where nothing was built, or without an import map', async () => {
    expect(() => builtMapSource(folder)).toThrow('npm run build:demo');
    await writeFile(join(folder, 'index.html'), '<head></head>');
    expect(() => builtMapSource(folder)).toThrow('npm run build:demo');
  });
});
