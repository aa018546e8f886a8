import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedModel, type AcceptedModel, type ManifestPoints } from '../../src/server.js';

/**
 * The face models of a folder such as `public/models`, each with all operating points of its manifest: those for single pictures and those
 * for several. Folders without a model are left out.
 */
export function acceptedModels(folder: string): AcceptedModel[] {
  const paths = readdirSync(folder).map((name) => join(folder, name, 'manifest.json'));
  const manifests = paths.filter((path) => existsSync(path)).map((path) => JSON.parse(readFileSync(path, 'utf8')) as ManifestPoints);
  return manifests.filter(({ embedder }) => embedder).map(acceptedModel);
}
