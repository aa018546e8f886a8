import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { createChallenge, type PasskeyStep, type ServerStore } from '../../src/server.js';
import type { Account } from './Accounts.js';
import { ApiError } from './ApiError.js';
import type { Db } from './openDatabase.js';
import { BODIES, read } from './readBody.js';
import { MAX_PASSKEYS } from './ServerOptions.js';

interface Row {
  id: string;
  public_key: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string;
}

/** The second factor: passkeys of an account. They sign the very challenge that the device key signs. */
export class Passkeys {
  constructor(
    private readonly db: Db,
    private readonly store: ServerStore,
    private readonly now: () => number,
  ) {}

  count(accountId: string): number {
    return this.#of(accountId).length;
  }

  removeAll(accountId: string): void {
    this.db.prepare('DELETE FROM passkeys WHERE account_id = ?').run(accountId);
  }

  /** What the browser needs to make a passkey. */
  async invite(account: Account, origin: string) {
    if (this.count(account.id) >= MAX_PASSKEYS) throw new ApiError('too-many-passkeys');
    const made = await createChallenge({ now: this.now() });
    await this.store.addChallenge({ ...made, subject: account.id, purpose: 'passkey' }, this.now());
    return generateRegistrationOptions({
      rpName: 'visavis demo',
      rpID: new URL(origin).hostname,
      userName: account.name,
      userID: Uint8Array.from(Buffer.from(account.id, 'base64url')),
      challenge: bytes(made.challenge),
      attestationType: 'none',
      excludeCredentials: this.#of(account.id).map(({ id, transports }) => ({ id, transports: list(transports) })),
      authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
    });
  }

  async add(account: Account, response: RegistrationResponseJSON, origin: string): Promise<void> {
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => this.store.takeChallenge({ challenge, subject: account.id, purpose: 'passkey' }, this.now()),
      ...here(origin),
    }).catch(() => NOT_REGISTERED);
    if (!registrationInfo) throw new ApiError('passkey-refused');
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    const sql = 'INSERT INTO passkeys (id, account_id, public_key, counter, transports) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
    this.db
      .transaction(() => {
        // Several invitations may have been open at once.
        if (this.count(account.id) >= MAX_PASSKEYS) throw new ApiError('too-many-passkeys');
        const { changes } = this.db.prepare(sql).run(id, account.id, publicKey, counter, JSON.stringify(transports));
        if (changes !== 1) throw new ApiError('passkey-refused');
      })
      .immediate();
  }

  /** What the browser needs to answer, and whether its answer is right; null for an account without passkeys. */
  async ask(accountId: string, challenge: string, answer: unknown, origin: string): Promise<PasskeyStep | null> {
    const rows = this.#of(accountId);
    if (rows.length === 0) return null;
    const question = await generateAuthenticationOptions({
      rpID: new URL(origin).hostname,
      challenge: bytes(challenge),
      allowCredentials: rows.map(({ id, transports }) => ({ id, transports: list(transports) })),
      userVerification: 'required',
    });
    if (answer === undefined) return { question };
    const response = read(BODIES.passkey, answer) as AuthenticationResponseJSON;
    return { question, check: () => this.#check(rows, challenge, response, origin) };
  }

  async #check(rows: Row[], challenge: string, response: AuthenticationResponseJSON, origin: string): Promise<boolean> {
    const row = rows.find(({ id }) => id === response.id);
    if (!row) return false;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      ...here(origin),
      credential: { id: row.id, publicKey: new Uint8Array(row.public_key), counter: row.counter },
    }).catch(() => NOT_VERIFIED);
    if (verified) this.db.prepare('UPDATE passkeys SET counter = ? WHERE id = ?').run(authenticationInfo.newCounter, row.id);
    return verified;
  }

  #of(accountId: string): Row[] {
    return this.db.prepare('SELECT id, public_key, counter, transports FROM passkeys WHERE account_id = ?').all(accountId) as Row[];
  }
}

const here = (origin: string) => ({ expectedOrigin: origin, expectedRPID: new URL(origin).hostname, requireUserVerification: true });
const bytes = (challenge: string) => Uint8Array.from(Buffer.from(challenge, 'base64url'));
const list = (transports: string) => JSON.parse(transports) as AuthenticatorTransport[];

/** The library throws for every answer that it does not accept. */
const NOT_REGISTERED = { registrationInfo: undefined };
const NOT_VERIFIED = { verified: false, authenticationInfo: { newCounter: 0 } } as const;
