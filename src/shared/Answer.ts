import { readAtMost } from './readAtMost.js';

/** The largest manifest that is read; the largest that we ship has 84 kB. */
export const MAX_MANIFEST_BYTES = 1_000_000;

/** What a server sent. */
export interface Answer {
  /** What arrived; longer than was to be read by one byte where there was more. */
  readonly bytes: ArrayBuffer;
  /** The media type that the server named; empty where it named none. */
  readonly type: string;
}

/** What the page has asked for already, once: a model's manifest, by its id. Null where it does not have it. */
export type EarlyManifests = (id: string) => Promise<Answer | null>;

/** Reads an answer; null where the server did not say yes. */
export async function readAnswer(response: Response, maxBytes: number, onChunk?: (bytes: number) => void): Promise<Answer | null> {
  if (!response.ok || !response.body) return null;
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  return { bytes: await readAtMost(response.body, maxBytes, onChunk), type: type.trim().toLowerCase() };
}
