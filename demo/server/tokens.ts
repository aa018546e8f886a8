import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes as base64url: an account's id, a session or a deletion token. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token: who reads the database cannot use it. Tokens are long and random, so that a plain hash will do. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
