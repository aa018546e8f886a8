import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/shared/Manifest.js';
import { acceptedModel, type AcceptedModel } from '../../src/server.js';

/**
 * The face models of a folder such as `public/models`, each with all operating points of its manifest: those for single pictures and those
 * for several. Folders without a model are left out.
 */
export function acceptedModels(folder: string): AcceptedModel[] {
  return readdirSync(folder).flatMap((name) => {
    const manifest = readManifest(join(folder, name, 'manifest.json'));
    return manifest?.embedder ? [acceptedModel(manifest)] : [];
  });
}

function readManifest(path: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
