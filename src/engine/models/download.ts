import { awakeTimeout } from '../../shared/awakeTimeout.js';
import { readAnswer, type Answer, type Refusal } from '../../shared/Answer.js';
import type { EarlyModels } from '../../shared/EarlyModels.js';
import type { LoadRetry } from '../../shared/options.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { DownloadError } from './DownloadError.js';

const TRIES = 4;
/** Without a byte for so long a connection counts as dead: some never end by themselves. */
const PATIENCE_MS = 20_000;
/** Before the second try; doubled before each later one. */
const FIRST_DELAY_MS = 500;
/** A server may ask for more, but a page cannot wait for an hour. */
const MAX_DELAY_MS = 30_000;

export interface DownloadOptions {
  /** Reading stops one byte beyond: enough to tell that a file is too long. */
  readonly maxBytes: number;
  readonly cache?: RequestCache;
  /** Default 4. */
  readonly tries?: number;
  /** Milliseconds without a byte after which a try has failed; default 20,000. */
  readonly patience?: number;
  /**
   * Counts what arrives of all files that are downloaded together: browsers ask a server for six at a time, so while others arrive, one of
   * which nothing has come may only wait for its turn.
   */
  readonly line?: { bytes: number };
  /** Called with the number of bytes of each chunk as it arrives; negative when what arrived is thrown away. */
  readonly onBytes?: (bytes: number) => void;
  /** Called before each wait for another try. */
  readonly onRetry?: (retry: LoadRetry) => void;
  /** Asked once, after a first failure that may pass: what to take in place of the file; null to go on trying. */
  readonly instead?: () => Promise<Answer | null>;
  /** Asked first: the page may have fetched it already, or be about to. */
  readonly early?: Pick<EarlyModels, 'fetched' | 'drop'> | undefined;
  /** Ends the download at once, also while it waits. */
  readonly signal?: AbortSignal;
}

/**
 * Fetches a file. Where the connection fails, falls silent, or the server answers 408, 429 or 5xx, it waits and tries again.
 * @throws DownloadError when every try failed or the server's answer is final; VisavisError `aborted`
 */
export async function download(url: string, options: DownloadOptions): Promise<Answer> {
  const { tries = TRIES, onRetry, instead, signal } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryOnce(url, attempt === 1 ? options : { ...options, early: undefined });
    } catch (error) {
      if (!(error instanceof DownloadError && error.passing)) throw error;
      const substitute = attempt === 1 ? await instead?.() : null;
      if (substitute) return substitute;
      if (attempt >= tries) throw error;
      const delay = Math.min(Math.max(error.retryAfter ?? 0, FIRST_DELAY_MS * 2 ** (attempt - 1)), MAX_DELAY_MS);
      onRetry?.({ url, reason: error.message, attempt: attempt + 1, attempts: tries, delay });
      await sleep(delay, signal);
    }
  }
}

async function tryOnce(url: string, options: DownloadOptions): Promise<Answer> {
  const { maxBytes, early, cache = 'default', patience = PATIENCE_MS, line = { bytes: 0 }, onBytes = () => undefined, signal } = options;
  const request = new AbortController();
  let cancel = () => {};
  let arrived = 0;
  let fail: (error: Error) => void = () => undefined;
  // A rejection of its own: not everything that reads a body ends when its request is aborted.
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const expectMore = () => {
    cancel();
    const heard = line.bytes;
    cancel = awakeTimeout(() => {
      if (arrived === 0 && line.bytes > heard) expectMore();
      else fail(DownloadError.ofSilence(patience));
    }, patience);
  };
  const onAbort = () => fail(aborted());
  const count = (bytes: number) => {
    if (request.signal.aborted) return;
    expectMore();
    arrived += bytes;
    line.bytes += bytes;
    onBytes(bytes);
  };
  signal?.addEventListener('abort', onAbort);
  try {
    if (signal?.aborted) throw aborted();
    expectMore();
    const init: RequestInit = { cache, credentials: 'same-origin', signal: request.signal };
    const arriving = async () => (early && (await takeEarly(early, url, count))) ?? readAnswer(await fetch(url, init), maxBytes, count);
    return fileOf(await Promise.race([arriving(), failed]));
  } catch (error) {
    if (arrived > 0) onBytes(-arrived);
    early?.drop(url);
    throw error instanceof DownloadError || error instanceof VisavisError ? error : DownloadError.ofConnection(error);
  } finally {
    cancel();
    signal?.removeEventListener('abort', onAbort);
    // Ends whatever is still on its way.
    request.abort();
  }
}

/** What the page has fetched, counted as it arrives; null where it did not ask, or nothing answered. */
async function takeEarly(
  early: Pick<EarlyModels, 'fetched'>,
  url: string,
  count: (bytes: number) => void,
): Promise<Answer | Refusal | null> {
  let counted = 0;
  const upTo = (arrived: number) => {
    // What is told late has been counted.
    if (arrived <= counted) return;
    count(arrived - counted);
    counted = arrived;
  };
  const answer = await early.fetched(url, upTo);
  if (answer) upTo(fileOf(answer).bytes.byteLength);
  return answer;
}

function fileOf(answer: Answer | Refusal): Answer {
  if ('bytes' in answer) return answer;
  throw DownloadError.ofStatus(answer);
}

async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  try {
    await new Promise<void>((resolve, reject) => {
      onAbort = () => reject(aborted());
      if (signal?.aborted) onAbort();
      signal?.addEventListener('abort', onAbort);
      timer = setTimeout(resolve, ms);
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function aborted(): VisavisError {
  return new VisavisError('aborted', 'Loading was aborted.');
}
