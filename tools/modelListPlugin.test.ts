import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listModels } from './modelListPlugin.js';

it('lists the embedding models of a folder, and leaves out what is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-list-'));
  const put = (name: string, manifest: string) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'manifest.json'), manifest);
  };
  try {
    const files = [{ bytes: 20 }, { bytes: 3 }];
    put('net-b', JSON.stringify({ id: 'net-b', kind: 'embedder', architecture: 'MobileNet', files }));
    put('net-a', JSON.stringify({ id: 'net-a', kind: 'embedder', architecture: 'unknown', files }));
    put('mesh', JSON.stringify({ id: 'mesh', kind: 'landmarks', architecture: 'mesh', files }));
    put('renamed', JSON.stringify({ id: 'other', kind: 'embedder', architecture: 'unknown', files }));
    put('damaged', '{');
    put('foreign', 'null');
    put('half', JSON.stringify({ id: 'half', kind: 'embedder' }));
    mkdirSync(join(folder, '.net-new'));
    mkdirSync(join(folder, 'empty'));
    writeFileSync(join(folder, 'notes.txt'), '');
    symlinkSync('nowhere', join(folder, 'broken-link'));
    renameSync(join(folder, 'net-a'), join(folder, '.elsewhere'));
    symlinkSync('.elsewhere', join(folder, 'net-a'), 'dir');
    expect(listModels(folder)).toEqual([
      { id: 'net-a', architecture: 'unknown', bytes: 23 },
      { id: 'net-b', architecture: 'MobileNet', bytes: 23 },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
