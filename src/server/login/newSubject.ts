import { base64url } from 'jose';

/** Whom a challenge is for where nobody has the name: a random text, as a server would give an account. */
export function newSubject(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
}
