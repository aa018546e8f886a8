import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/shared/Manifest.js';
import type { AcceptedModel } from './verifyAssertion.js';

/**
 * The face models of a folder such as `public/models`, each with all operating points of its manifest: those for single pictures and those
 * for several. Folders without a model are left out.
 */
export function acceptedModels(folder: string): AcceptedModel[] {
  return readdirSync(folder).flatMap((name) => {
    const manifest = readManifest(join(folder, name, 'manifest.json'));
    if (!manifest?.embedder) return [];
    const { operatingPoints, fused = [] } = manifest.embedder;
    const points = [...operatingPoints, ...fused.flatMap((curve) => curve.operatingPoints)];
    return [{ id: manifest.id, version: manifest.version, points: points.map(({ fmr, threshold }) => ({ fmr, threshold })) }];
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
