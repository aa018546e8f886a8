import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHIPPED_MODELS } from './shippedModels.mjs';

const ROOT = join(import.meta.dirname, '../..');
const MODELS = join(ROOT, 'public/models');

interface Manifest {
  version: string;
  kind: string;
  license: string;
}
interface Package {
  name: string;
  version: string;
  license: string;
  files: string[];
  workspaces: string[];
}
const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
const { files: packed, license, workspaces } = JSON.parse(read(ROOT, 'package.json')) as Package;

it('ships what finds and aligns faces, and two networks', () => {
  expect(SHIPPED_MODELS).toEqual(['blazeface-256', 'facemesh-192', 'inception-160', 'mobilenet-160']);
});

describe.each(SHIPPED_MODELS)('%s', (id) => {
  const manifest = JSON.parse(read(MODELS, id, 'manifest.json')) as Manifest;

  it('has its own license, the one that its manifest states', () => {
    const text = read(MODELS, id, 'LICENSE');
    if (manifest.kind === 'embedder') {
      expect(manifest.license).toMatch(/non-commercial research/);
      expect(text).toMatch(/non-commercial research only/);
      expect(read(MODELS, id, 'MODEL_CARD.md')).toMatch(/License limits \| non-commercial research/);
    } else {
      expect(manifest.license).toBe('Apache-2.0');
      expect(text).toContain(read(ROOT, 'LICENSE').trim());
      expect(text).toContain('The MediaPipe Authors');
      expect(text).toContain('MIT License');
    }
  });

  it('is in the package, or a package of its own', () => {
    const folder = `public/models/${id}`;
    expect(packed.includes(folder)).toBe(!workspaces.includes(folder));
    expect(existsSync(join(ROOT, folder, 'package.json'))).toBe(workspaces.includes(folder));
    if (packed.includes(folder)) return;
    const own = JSON.parse(read(ROOT, folder, 'package.json')) as Package;
    expect(own).toMatchObject({ name: `visavis-model-${id}`, version: manifest.version, license: 'SEE LICENSE IN LICENSE' });
    expect([...own.files].sort()).toEqual(
      readdirSync(join(ROOT, folder))
        .filter((name) => name !== 'package.json' && !name.startsWith('.'))
        .sort(),
    );
  });
});

it('carries the default model only, and says where its licenses are', () => {
  expect(packed.filter((path) => path.startsWith('public/models/'))).toEqual(
    ['blazeface-256', 'facemesh-192', 'mobilenet-160'].map((id) => `public/models/${id}`),
  );
  expect(license).toBe('SEE LICENSE IN LICENSES.md');
  for (const file of ['LICENSES.md', 'NOTICE']) expect(packed).toContain(file);
});
