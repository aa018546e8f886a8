import { MAX_MANIFEST_BYTES, type Answer } from '../../shared/Answer.js';
import type { ManifestFile } from '../../shared/Manifest.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { download, type DownloadOptions } from './download.js';
import { DownloadError } from './DownloadError.js';
import { faultOfFile } from './faultOfFile.js';
import { webPage } from '../backend/webPage.js';

/** How the loader hears of what arrives, and ends it. */
export type FetchOptions = Pick<DownloadOptions, 'onBytes' | 'onRetry' | 'signal' | 'early' | 'line'>;

/**
 * Fetches a file and checks its length and SHA-256. A mismatch is fetched once more past every cache, since a half-written or stale copy is
 * the usual reason.
 * @throws VisavisError `model-missing` where the file cannot be had, or a web page came in its place; `model-corrupt` where other bytes
 *   came both
 *   times; `aborted`
 */
export async function fetchChecked(url: string, file: ManifestFile, options: FetchOptions = {}): Promise<ArrayBuffer> {
  let wrong = '';
  // `default` and not `no-store`, though the file is then in the HTTP cache as well as in ours: only when it is too late does a page know
  // whether ours has room, and where it never has (private windows, full disks) `no-store` would download everything at every visit. It
  // would also ignore what a page preloads, and download twice where two pages start at once. The HTTP cache forgets what nobody asks for.
  for (const cache of ['default', 'reload'] as const) {
    const arrived = await fetchModelFile(url, { ...options, cache, maxBytes: file.bytes });
    const fault = await faultOfFile(arrived.bytes, file);
    if (!fault) return arrived.bytes;
    options.onBytes?.(-arrived.bytes.byteLength);
    const page = webPage(arrived);
    wrong = page ?? fault;
    if (page && cache === 'reload') throw missing(url, `what came is ${page}`, "the model's folder");
  }
  throw new VisavisError(
    'model-corrupt',
    `${url} is not the file that its manifest describes: ${wrong}. Copy the model's folder to the server again, as it is.`,
  );
}

/**
 * Fetches a manifest's bytes, at most 1 MB.
 * @param offline what to take where the server cannot be reached or cannot answer now; null: nothing. What it does answer counts, whatever
 *   it is.
 * @throws VisavisError `model-missing` where it cannot be had, or a web page came in its place; `model-corrupt` where it is too long;
 *   `aborted`
 */
export async function fetchManifest(
  url: string,
  offline: () => Promise<ArrayBuffer | null>,
  options: FetchOptions = {},
): Promise<ArrayBuffer> {
  const instead = async () => {
    const kept = await offline();
    return kept && { bytes: kept, type: 'application/json' };
  };
  const arrived = await fetchModelFile(url, { ...options, cache: 'no-cache', maxBytes: MAX_MANIFEST_BYTES, instead });
  const page = webPage(arrived);
  if (page) throw missing(url, `what came is ${page}`, "the model's id");
  if (arrived.bytes.byteLength > MAX_MANIFEST_BYTES) {
    throw new VisavisError('model-corrupt', `${url} is no manifest: it is longer than 1 MB. Copy the model's folder to the server again.`);
  }
  return arrived.bytes;
}

async function fetchModelFile(url: string, options: DownloadOptions): Promise<Answer> {
  try {
    return await download(url, options);
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    throw missing(url, error.message, error.answered ? "the model's id" : 'the connection', error.cause);
  }
}

function missing(url: string, why: string, alsoCheck: string, cause?: unknown): VisavisError {
  return new VisavisError('model-missing', `${url} could not be fetched: ${why}. Check modelsUrl and ${alsoCheck}.`, { cause });
}
