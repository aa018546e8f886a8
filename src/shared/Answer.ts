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

/** A server that answered, but sent no file. */
export interface Refusal {
  readonly status: number;
  /** What it said of when to come again. */
  readonly retryAfter: string | null;
}

/** Reads an answer. */
export async function readAnswer(response: Response, maxBytes: number, onChunk?: (bytes: number) => void): Promise<Answer | Refusal> {
  if (!response.ok || !response.body) return { status: response.status, retryAfter: response.headers.get('retry-after') };
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  return { bytes: await readAtMost(response.body, maxBytes, onChunk), type: type.trim().toLowerCase() };
}
