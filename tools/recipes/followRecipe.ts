import { createHash } from 'node:crypto';
import { importModel } from '../../src/importer/importModel.js';
import type { ImportProgress } from '../../src/importer/ImportOptions.js';
import type { Recipe } from './Recipe.js';

/**
 * Makes a model of the file that a recipe is for: the imported network, and what this repository knows about it.
 * @returns the files of the model's folder by name, not yet compared with the manifest
 * @throws Error where it is another file; VisavisError `import-failed`
 */
export async function followRecipe(
  { id, spec, path, sha256, options, manifest, texts, cohort }: Recipe,
  bytes: Uint8Array,
  onProgress?: (progress: ImportProgress) => void,
): Promise<Map<string, Buffer>> {
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== sha256) {
    throw new Error(
      `${path} is not the file of ${spec} that the recipe ${id} is for: expected SHA-256 ${sha256}, got ${actual}. Nothing of it was used.`,
    );
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  const { files } = await importModel({ name, bytes }, { ...options, id, onProgress });
  const network = ['model.json', 'weights.bin'].map((file) => [file, Buffer.from(files.get(file)!)] as const);
  const rows = [manifest.embedder!.cohort!.path, cohort] as const;
  return new Map([...network, rows, ...[...texts].map(([file, text]) => [file, Buffer.from(text)] as const)]);
}
