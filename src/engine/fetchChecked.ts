import type { ManifestFile } from '../shared/Manifest.js';
import { VisavisError } from '../shared/VisavisError.js';
import { faultOfFile } from './faultOfFile.js';

/**
 * Fetches a file and checks its length and SHA-256. A mismatch is fetched once more past every cache (a half-written or stale
 * copy is the usual reason); if it remains, `model-corrupt`. A file that cannot be had is `model-missing`.
 * @param onBytes called with the number of bytes of each chunk as it arrives; negative when a copy is thrown away
 */
export async function fetchChecked(url: string, file: ManifestFile, onBytes: (bytes: number) => void): Promise<ArrayBuffer> {
  let wrong = '';
  // `default` and not `no-store`, though the file is then in the HTTP cache as well as in ours: only when it is too late does a page know
  // whether ours has room, and where it never has (private windows, full disks) `no-store` would download everything at every visit. It
  // would also ignore what a page preloads, and download twice where two pages start at once. The HTTP cache forgets what nobody asks for.
  for (const cache of ['default', 'reload'] as const) {
    let arrived = 0;
    const bytes = await fetchBytes(url, cache, (n) => {
      arrived += n;
      onBytes(n);
    });
    wrong = await faultOfFile(bytes, file);
    if (!wrong) return bytes;
    onBytes(-arrived);
  }
  throw new VisavisError(
    'model-corrupt',
    `${url} is not the file its manifest describes: ${wrong}. Copy the model's folder to the server again, as it is.`,
  );
}

/**
 * Fetches a text file; `model-missing` where it cannot be had.
 * @param offline what to take where the server cannot be reached (what it answers counts, whatever it is); null: nothing
 */
export async function fetchText(url: string, offline: () => Promise<string | null>): Promise<string> {
  let bytes: ArrayBuffer;
  try {
    bytes = await fetchBytes(url, 'no-cache', () => undefined);
  } catch (error) {
    // Of the two errors, the one with a cause is the connection's.
    const kept = (error as VisavisError).cause === undefined ? null : await offline();
    if (kept === null) throw error;
    return kept;
  }
  const text = new TextDecoder().decode(bytes);
  // Many servers answer every unknown path with the start page.
  if (/^\s*</.test(text)) throw new VisavisError('model-missing', `${url} is a web page. Check modelsUrl and the model's id.`);
  return text;
}

async function fetchBytes(url: string, cache: RequestCache, onBytes: (bytes: number) => void): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(url, { cache, credentials: 'same-origin' });
    if (response.ok && response.body) return await readAll(response, onBytes);
  } catch (cause) {
    throw new VisavisError('model-missing', `${url} could not be fetched; check modelsUrl and the connection.`, { cause });
  }
  throw new VisavisError(
    'model-missing',
    `${url} could not be fetched: the server answered ${response.status}. Check modelsUrl and the model's id.`,
  );
}

async function readAll(response: Response, onBytes: (bytes: number) => void): Promise<ArrayBuffer> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body!.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return await new Blob(chunks).arrayBuffer();
    chunks.push(value);
    onBytes(value.byteLength);
  }
}
