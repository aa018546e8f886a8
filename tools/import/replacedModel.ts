import { readdir } from 'node:fs/promises';
import { filesOf } from '../models/modelFolder.js';
import { UsageError } from '../UsageError.js';

/** A model that is about to be replaced. */
export interface ReplacedModel {
  /** How many thresholds go with it, which somebody has measured. */
  readonly operatingPoints: number;
}

/**
 * Looks at a folder into which a model is to be put; null where nothing is there yet. All that is in it would be deleted: a UsageError where
 * that is anything but the model of this id.
 */
export async function replacedModel(folder: string, id: string): Promise<ReplacedModel | null> {
  const names = await readdir(folder).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new UsageError(`--out: ${folder} is a file`);
    throw error;
  });
  if (names.length === 0) return null;
  const manifest = idAndPoints(await filesOf(folder)('manifest.json'));
  if (manifest?.id !== id) {
    throw new UsageError(
      `--out: ${folder} is not empty, and holds no model ${id}; everything in it would be deleted. Name another folder, or empty this one.`,
    );
  }
  return { operatingPoints: manifest.embedder?.operatingPoints?.length ?? 0 };
}

/** What a manifest says of these, as far as it can be read. */
function idAndPoints(manifest: Buffer | null): { id?: string; embedder?: { operatingPoints?: readonly unknown[] } } | null {
  try {
    return JSON.parse(manifest?.toString() ?? 'null') as ReturnType<typeof idAndPoints>;
  } catch {
    return null;
  }
}
