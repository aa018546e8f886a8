import type { ManifestFile } from '../shared/Manifest.js';
import { VisavisError } from '../shared/VisavisError.js';

/**
 * Fetches a file and checks its length and SHA-256. A mismatch is fetched once more past every cache (a half-written or stale
 * copy is the usual reason); if it remains, `model-corrupt`. A file that cannot be had is `model-missing`.
 * @param onBytes called with the number of bytes of each chunk as it arrives; negative when a copy is thrown away
 */
export async function fetchChecked(url: string, file: ManifestFile, onBytes: (bytes: number) => void): Promise<ArrayBuffer> {
  let wrong = '';
  for (const cache of ['default', 'reload'] as const) {
    let arrived = 0;
    const bytes = await fetchBytes(url, cache, (n) => {
      arrived += n;
      onBytes(n);
    });
    wrong = await difference(bytes, file);
    if (!wrong) return bytes;
    onBytes(-arrived);
  }
  throw new VisavisError(
    'model-corrupt',
    `${url} is not the file its manifest describes: ${wrong}. Copy the model's folder to the server again, as it is.`,
  );
}

/** Fetches a text file; `model-missing` where it cannot be had. */
export async function fetchText(url: string): Promise<string> {
  const text = new TextDecoder().decode(await fetchBytes(url, 'no-cache', () => undefined));
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

async function difference(bytes: ArrayBuffer, file: ManifestFile): Promise<string> {
  if (bytes.byteLength !== file.bytes) return `it has ${bytes.byteLength} bytes instead of ${file.bytes}`;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
  return hex === file.sha256 ? '' : `its SHA-256 is ${hex.slice(0, 12)}… instead of ${file.sha256.slice(0, 12)}…`;
}
