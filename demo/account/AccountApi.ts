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
/** A server that accepts and never answers would keep the page waiting for ever. */
const PATIENCE_MS = 10_000;
/** What creates something is waited for longer: it may be there although its answer was not, such as the token that deletes a new account. */
const CREATION_MS = 60_000;

/** The server's routes (`demo/server/createApp.ts`). Every call throws a `ServerRefusal`: `unreachable` where the server may answer later. */
export const accountApi = {
  /** Null if the page is served without its server. */
  terms: async (): Promise<ServerTerms | null> => {
    try {
      const answer = await call<ServerTerms & { server?: string }>('GET', 'terms');
      return answer.server === 'visavis-demo' ? answer : null;
    } catch (error) {
      if (error instanceof ServerRefusal && error.code === 'no-server') return null;
      throw error;
    }
  },
  registrationChallenge: () => call<{ challenge: string }>('POST', 'registrations', {}),
  create: (name: string, publicKey: DevicePublicJwk, proof: string) =>
    call<{ id: string; name: string; deletionToken: string }>('POST', 'accounts', { name, publicKey, proof }, CREATION_MS),
  challenge: (name: string) => call<{ challenge: string }>('POST', 'challenges', { name }),
  /** No session yet where the account asks for its passkey too: then the same again with its answer. */
  logIn: (body: { name: string; assertion: string; passkey?: AuthenticationResponseJSON }) =>
    call<{ session: ServerSession } | { session?: undefined; passkey: PublicKeyCredentialRequestOptionsJSON }>(
      'POST',
      'session',
      body,
      CREATION_MS,
    ),
  session: (): SessionAnswer => call('GET', 'session'),
  signOut: (): SessionAnswer => call('DELETE', 'session'),
  deleteSignedIn: (): SessionAnswer => call('DELETE', 'account'),
  deleteByToken: (id: string, deletionToken: string): SessionAnswer => call('POST', 'account/deletion', { id, deletionToken }),
  invitePasskey: () => call<PublicKeyCredentialCreationOptionsJSON>('POST', 'passkeys/invitation'),
  addPasskey: (response: RegistrationResponseJSON): SessionAnswer => call('POST', 'passkeys', response, CREATION_MS),
  removePasskeys: (): SessionAnswer => call('DELETE', 'passkeys'),
};

async function call<T>(method: string, path: string, body?: unknown, patience = PATIENCE_MS): Promise<T> {
  const request: RequestInit = {
    method,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  };
  const { ok, status, text } = await ask(path, request, patience);
  const answer = parsed(text);
  if (ok && answer !== undefined) return answer as T;
  // A host of plain files answers with a page of its own. So may a proxy in front of a server that is starting.
  const isBusy = status === 408 || status === 429 || status >= 500;
  if (status === 404 || (answer === undefined && !isBusy)) throw new ServerRefusal('no-server', 'This page is served without its server.');
  if (answer === undefined) throw unreachable();
  const refusal: { error?: { code?: string; message?: string } } = answer ?? {};
  const { code = 'unknown', message = 'The server refused the request.' } = refusal.error ?? {};
  throw new ServerRefusal(code, message);
}

async function ask(path: string, request: RequestInit, patience: number): Promise<{ ok: boolean; status: number; text: string }> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), patience);
  try {
    const response = await fetch(new URL(path, BASE), { ...request, signal: abort.signal });
    return { ok: response.ok, status: response.status, text: await response.text() };
  } catch {
    throw unreachable();
  } finally {
    clearTimeout(timer);
  }
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(): ServerRefusal {
  return new ServerRefusal('unreachable', 'The server can’t be reached.');
}
