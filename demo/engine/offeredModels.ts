import { isModelId, nameOfModel, orderOfModel } from './modelChoice.js';

export interface OfferedModel {
  readonly id: string;
  readonly name: string;
  /** The size of its files before a server compresses them; null where it is not known. */
  readonly bytes: number | null;
}

/** A list of a few dozen models is shorter. */
const MOST_BYTES = 64 * 1024;

/** The models that this site serves, by the list that is built with the pages; none where there is no list. */
export async function offeredModels(modelsUrl: string): Promise<OfferedModel[]> {
  const list = await readList(`${modelsUrl}index.json`);
  if (!Array.isArray(list)) return [];
  const models = list.flatMap((entry: unknown) => {
    const { id, bytes } = (entry ?? {}) as { readonly id?: unknown; readonly bytes?: unknown };
    if (typeof id !== 'string' || !isModelId(id)) return [];
    return [{ id, name: nameOfModel(id), bytes: typeof bytes === 'number' ? bytes : null }];
  });
  return models.sort((a, b) => orderOfModel(a.id) - orderOfModel(b.id) || a.id.localeCompare(b.id));
}

/** Null for what is no list: some servers answer with a page of their own instead of 404. */
async function readList(url: string): Promise<unknown> {
  try {
    const response = await fetch(url);
    if (!response.ok || Number(response.headers.get('Content-Length') ?? 0) > MOST_BYTES) return null;
    const text = await response.text();
    return text.length > MOST_BYTES ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
