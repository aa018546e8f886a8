import { createHmac, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { DevicePublicJwk } from '../../src/shared/MatchAssertion.js';
import type { Account } from './Accounts.js';
import { nameKey } from './accountName.js';

/**
 * The account that stands in for names that nobody has: with a key like any other, whose private half is forgotten. What is asked of it
 * takes the same work and ends in the same refusals as for a name that exists.
 */
export class Decoy {
  readonly #secret = randomBytes(32);
  readonly #key = newKey();

  /** The same id for the same name, as long as the server runs. */
  async of(name: string): Promise<Account> {
    const id = createHmac('sha256', this.#secret).update(nameKey(name)).digest('base64url');
    return { id, name, ...(await this.#key) };
  }
}

async function newKey(): Promise<{ keyId: string; publicJwk: DevicePublicJwk }> {
  const { x, y } = await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey);
  const publicJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! } as const;
  return { keyId: await calculateJwkThumbprint(publicJwk), publicJwk };
}
