import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Account } from './Accounts.js';
import { ApiError } from './ApiError.js';
import type { Challenges } from './Challenges.js';
import type { Db } from './openDatabase.js';
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
    private readonly challenges: Challenges,
  ) {}

  count(accountId: string): number {
    return this.#of(accountId).length;
  }

  removeAll(accountId: string): void {
    this.db.run('DELETE FROM passkeys WHERE account_id = ?', [accountId]);
  }

  /** What the browser needs to make a passkey. */
  async invite(account: Account, origin: string) {
    if (this.count(account.id) >= MAX_PASSKEYS) throw new ApiError('too-many-passkeys');
    return generateRegistrationOptions({
      rpName: 'visavis demo',
      rpID: new URL(origin).hostname,
      userName: account.name,
      userID: Uint8Array.from(Buffer.from(account.id, 'base64url')),
      challenge: bytes(this.challenges.issue(account.id, 'passkey').challenge),
      attestationType: 'none',
      excludeCredentials: this.#of(account.id).map(({ id, transports }) => ({ id, transports: list(transports) })),
      authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
    });
  }

  async add(account: Account, response: RegistrationResponseJSON, origin: string): Promise<void> {
    const { registrationInfo } = await refuseErrors(() =>
      verifyRegistrationResponse({
        response,
        expectedChallenge: (challenge) => this.challenges.use(challenge, account.id, 'passkey'),
        expectedOrigin: origin,
        expectedRPID: new URL(origin).hostname,
        requireUserVerification: true,
      }),
    );
    if (!registrationInfo) throw new ApiError('passkey-refused');
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    const sql = 'INSERT INTO passkeys (id, account_id, public_key, counter, transports) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
    const { changes } = this.db.run(sql, [id, account.id, publicKey, counter, JSON.stringify(transports)]);
    if (changes !== 1) throw new ApiError('passkey-refused');
  }

  /** What the browser needs to answer; null for an account without passkeys. */
  async ask(account: Account, challenge: string, origin: string) {
    const rows = this.#of(account.id);
    if (rows.length === 0) return null;
    return generateAuthenticationOptions({
      rpID: new URL(origin).hostname,
      challenge: bytes(challenge),
      allowCredentials: rows.map(({ id, transports }) => ({ id, transports: list(transports) })),
      userVerification: 'required',
    });
  }

  /** Throws `passkey-refused`. */
  async check(account: Account, challenge: string, response: AuthenticationResponseJSON, origin: string): Promise<void> {
    const row = this.#of(account.id).find(({ id }) => id === response.id);
    if (!row) throw new ApiError('passkey-refused');
    const { verified, authenticationInfo } = await refuseErrors(() =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: new URL(origin).hostname,
        requireUserVerification: true,
        credential: { id: row.id, publicKey: new Uint8Array(row.public_key), counter: row.counter },
      }),
    );
    if (!verified) throw new ApiError('passkey-refused');
    this.db.run('UPDATE passkeys SET counter = ? WHERE id = ?', [authenticationInfo.newCounter, row.id]);
  }

  #of(accountId: string): Row[] {
    return this.db.all('SELECT id, public_key, counter, transports FROM passkeys WHERE account_id = ?', [accountId]) as unknown as Row[];
  }
}

const bytes = (challenge: string) => Uint8Array.from(Buffer.from(challenge, 'base64url'));
const list = (transports: string) => JSON.parse(transports) as AuthenticatorTransport[];

/** The library throws for every answer that it does not accept. */
async function refuseErrors<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch {
    throw new ApiError('passkey-refused');
  }
}
