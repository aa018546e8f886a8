import { base64url } from 'jose';
import { RANDOM_BYTES } from '../shared/challenge/isBoundTo.js';
import { transactionHash } from '../shared/challenge/transactionHash.js';

export interface ChallengeOptions {
  /** Milliseconds for which the challenge may be answered; default two minutes, at most ten. */
  readonly lifetime?: number;
  /** What the person is to confirm by the answer (step-up): its hash becomes part of the challenge. */
  readonly transaction?: string;
  /** Milliseconds since 1970; default the clock. */
  readonly now?: number;
}

/** What a server sends a browser to be signed. */
export interface Challenge {
  /** base64url of 32 random bytes, and of the transaction's hash after them: 43 characters, or 86 with a transaction. */
  readonly challenge: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const LONGEST = 10 * 60_000;

/** A fresh challenge. Keep it until it is answered or has expired: that each is answered once is the store's part. */
export async function createChallenge({ lifetime = 120_000, transaction, now = Date.now() }: ChallengeOptions = {}): Promise<Challenge> {
  if (!(lifetime > 0 && lifetime <= LONGEST)) throw new RangeError(`expected a lifetime of up to ${LONGEST} ms, got ${lifetime}`);
  const hash = transaction === undefined ? new Uint8Array() : await transactionHash(transaction);
  const bytes = new Uint8Array(RANDOM_BYTES + hash.length);
  crypto.getRandomValues(bytes.subarray(0, RANDOM_BYTES));
  bytes.set(hash, RANDOM_BYTES);
  return { challenge: base64url.encode(bytes), expiresAt: now + lifetime };
}
