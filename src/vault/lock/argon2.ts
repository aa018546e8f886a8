import { abortable, throwIfAborted } from '../../shared/abortable.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { ByteReader } from '../sealed/ByteReader.js';
import type { ByteWriter } from '../sealed/ByteWriter.js';

/** Argon2id's cost (RFC 9106) and salt. */
export interface Argon2Parameters {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Uint8Array<ArrayBuffer>;
}

const SALT_BYTES = 16;
/**
 * What is read from files and databases may not ask for less, lest a passphrase be cheap to guess, nor for more than RFC 9106's second
 * choice (64 MiB, 3 passes, 4 lanes), lest it stop the page: that is five times the work of our own parameters.
 */
const BOUNDS = { memoryKiB: [19_456, 65_536], passes: [2, 10], lanes: [1, 4] } as const;
/** Memory times passes. */
const MAX_WORK = 65_536 * 3;

/** OWASP's Password Storage Cheat Sheet, first choice: 19 MiB, 2 passes, 1 lane. */
export function freshParameters(): Argon2Parameters {
  return { memoryKiB: 19_456, passes: 2, lanes: 1, salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)) };
}

export function writeParameters(writer: ByteWriter, { memoryKiB, passes, lanes, salt }: Argon2Parameters): ByteWriter {
  return writer.uint(memoryKiB, 4).uint(passes, 4).uint(lanes, 1).raw(salt);
}

/** Throws a RangeError for what is out of bounds. */
export function readParameters(reader: ByteReader): Argon2Parameters {
  const memoryKiB = reader.uint(4, ...BOUNDS.memoryKiB);
  const passes = reader.uint(4, ...BOUNDS.passes);
  if (memoryKiB * passes > MAX_WORK) throw new RangeError(`expected at most ${MAX_WORK} KiB times passes, got ${memoryKiB * passes}`);
  return { memoryKiB, passes, lanes: reader.uint(1, ...BOUNDS.lanes), salt: reader.raw(SALT_BYTES) };
}

/**
 * 32 bytes from a passphrase; the caller wipes them. Lets the page breathe every 10 ms, and ends with `aborted` at the next breath after
 * the signal fires. Downloaded only where a passphrase is used: throws `vault-unavailable` where that fails.
 */
export async function stretch(
  passphrase: string,
  { memoryKiB, passes, lanes, salt }: Argon2Parameters,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { argon2idAsync } = await abortable(download(), signal);
  // The same passphrase typed on another system may come composed differently.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  try {
    const cost = { m: memoryKiB, t: passes, p: lanes, dkLen: 32 };
    return await argon2idAsync(typed, salt, { ...cost, asyncTick: 10, onProgress: () => throwIfAborted(signal) });
  } finally {
    typed.fill(0);
  }
}

async function download(): Promise<typeof import('@noble/hashes/argon2.js')> {
  try {
    return await import('@noble/hashes/argon2.js');
  } catch (cause) {
    const message = 'The part of this page that works with passphrases did not load. Check the connection, reload the page, and try again.';
    throw new VisavisError('vault-unavailable', message, { cause });
  }
}
