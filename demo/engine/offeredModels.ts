import { MODELS, type ModelId } from './modelChoice.js';

export interface OfferedModel {
  readonly id: ModelId;
  readonly name: string;
  /** The size of its files before a server compresses them. */
  readonly bytes: number;
}

/** The models that this site serves, by their manifests. */
export async function offeredModels(modelsUrl: string): Promise<OfferedModel[]> {
  const found = await Promise.all(
    MODELS.map(async ({ id, name }) => {
      const bytes = await bytesOf(`${modelsUrl}${id}/manifest.json`, id);
      return bytes === null ? [] : [{ id, name, bytes }];
    }),
  );
  return found.flat();
}

/** Null if there is no manifest for this model. Some servers answer with a page of their own instead of 404. */
async function bytesOf(url: string, wanted: ModelId): Promise<number | null> {
  try {
    const response = await fetch(url);
    if (!response.ok) return null;
    const { id, files } = (await response.json()) as { id: unknown; files: { bytes: number }[] };
    return id === wanted ? files.reduce((sum, { bytes }) => sum + bytes, 0) : null;
  } catch {
    return null;
  }
}
