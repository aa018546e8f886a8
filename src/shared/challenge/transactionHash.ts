import { canonicalTransaction } from './canonicalTransaction.js';

/** So that the hash of a transaction is never that of something else. */
const DOMAIN = 'visavis-transaction\n';

/** SHA-256 of `visavis-transaction`, a line feed and the canonical text in UTF-8: 32 bytes. */
export async function transactionHash(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(DOMAIN + canonicalTransaction(text))));
}
