import type { DevicePublicJwk } from '../../src/index.js';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';

/** Who is signed in, according to the server. */
export interface ServerSession {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** How many passkeys the account has. */
  readonly passkeys: number;
  /** The challenges of the liveness session that the login reported; null if it reported none. */
  readonly liveness: readonly string[] | null;
  readonly passkeyUsed: boolean;
}

export interface ServerTerms {
  /** The loosest false match rate that the server accepts. */
  readonly maxFmr: number;
  readonly demandLiveness: boolean;
}

/** Why the server refused, in words for the person. */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type SessionAnswer = Promise<{ session: ServerSession | null }>;

const BASE = new URL('./api/', document.baseURI);

/** The server's routes (`demo/server/createApp.ts`). Every call throws a `ServerRefusal`. */
export const accountApi = {
  /** Null if the page is served without its server. */
  async terms(): Promise<ServerTerms | null> {
    try {
      const answer = await call<ServerTerms & { server?: string }>('GET', 'terms');
      return answer.server === 'visavis-demo' ? answer : null;
    } catch {
      return null;
    }
  },
  registrationChallenge: () => call<{ challenge: string }>('POST', 'registrations', {}),
  create: (name: string, publicKey: DevicePublicJwk, proof: string) =>
    call<{ id: string; name: string; deletionToken: string }>('POST', 'accounts', { name, publicKey, proof }),
  challenge: (name: string) => call<{ challenge: string }>('POST', 'challenges', { name }),
  /** No session yet where the account asks for its passkey too: then the same again with its answer. */
  logIn: (body: { name: string; assertion: string; passkey?: AuthenticationResponseJSON }) =>
    call<{ session: ServerSession } | { session?: undefined; passkey: PublicKeyCredentialRequestOptionsJSON }>('POST', 'session', body),
  session: (): SessionAnswer => call('GET', 'session'),
  signOut: (): SessionAnswer => call('DELETE', 'session'),
  deleteSignedIn: (): SessionAnswer => call('DELETE', 'account'),
  deleteByToken: (id: string, deletionToken: string): SessionAnswer => call('POST', 'account/deletion', { id, deletionToken }),
  invitePasskey: () => call<PublicKeyCredentialCreationOptionsJSON>('POST', 'passkeys/invitation'),
  addPasskey: (response: RegistrationResponseJSON): SessionAnswer => call('POST', 'passkeys', response),
  removePasskeys: (): SessionAnswer => call('DELETE', 'passkeys'),
};

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(new URL(path, BASE), {
      method,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    answer = await response.json();
  } catch {
    throw new ServerRefusal('unreachable', 'The server can’t be reached.');
  }
  if (response.ok) return answer as T;
  const { code = 'unknown', message = 'The server refused the request.' } =
    (answer as { error?: { code?: string; message?: string } } | null)?.error ?? {};
  throw new ServerRefusal(code, message);
}
