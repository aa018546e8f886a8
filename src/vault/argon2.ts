import type { ByteReader } from './ByteReader.js';
import type { ByteWriter } from './ByteWriter.js';

/** Argon2id's cost (RFC 9106) and salt. */
export interface Argon2Parameters {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Uint8Array<ArrayBuffer>;
}

const SALT_BYTES = 16;
/** What is read from files and databases may not ask for more, lest it stop the page, or for less, lest a passphrase be cheap to guess. */
const BOUNDS = { memoryKiB: [19_456, 262_144], passes: [2, 16], lanes: [1, 4] } as const;

/** OWASP's Password Storage Cheat Sheet, first choice: 19 MiB, 2 passes, 1 lane. */
export function freshParameters(): Argon2Parameters {
  return { memoryKiB: 19_456, passes: 2, lanes: 1, salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)) };
}

export function writeParameters(writer: ByteWriter, { memoryKiB, passes, lanes, salt }: Argon2Parameters): ByteWriter {
  return writer.uint(memoryKiB, 4).uint(passes, 4).uint(lanes, 1).raw(salt);
}

/** Throws a RangeError for what is out of bounds. */
export function readParameters(reader: ByteReader): Argon2Parameters {
  return {
    memoryKiB: reader.uint(4, ...BOUNDS.memoryKiB),
    passes: reader.uint(4, ...BOUNDS.passes),
    lanes: reader.uint(1, ...BOUNDS.lanes),
    salt: reader.raw(SALT_BYTES),
  };
}

/** 32 bytes from a passphrase; the caller wipes them. Lets the page breathe every 10 ms. Downloaded only where a passphrase is used. */
export async function stretch(passphrase: string, { memoryKiB, passes, lanes, salt }: Argon2Parameters): Promise<Uint8Array<ArrayBuffer>> {
  const { argon2idAsync } = await import('@noble/hashes/argon2.js');
  // The same passphrase typed on another system may come composed differently.
  const typed = new TextEncoder().encode(passphrase.normalize('NFKC'));
  try {
    const bytes = await argon2idAsync(typed, salt, { m: memoryKiB, t: passes, p: lanes, dkLen: 32, asyncTick: 10 });
    return bytes;
  } finally {
    typed.fill(0);
  }
}
