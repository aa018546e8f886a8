import { readFile } from 'node:fs/promises';
import {
  acceptedModel,
  createChallenge,
  DEFAULT_LIMITS,
  memoryStore,
  Refusal,
  verifyAssertion,
  verifyRegistration,
  type ServerStore,
} from 'visavis/server';

/** What a page asks a browser to sign. */
export interface Question {
  readonly purpose: 'login' | 'enroll';
  readonly name: string;
  readonly challenge: string;
  /** Whether an answer was refused before. */
  readonly refused?: boolean;
}

/** Of the pages. */
export const origin = process.env.ORIGIN ?? 'http://localhost:3000';
/** For one process that may forget: docs/server.md has stores that last. Pages and actions may load this file more than once. */
const kept = globalThis as { store?: ServerStore; sessions?: Map<string, string>; creating?: Set<string> };
const store = (kept.store ??= memoryStore());
const sessions = (kept.sessions ??= new Map());
/** Names that are being registered: of two who ask for one at once, one gets it. In an app a unique column of its accounts does that. */
const creating = (kept.creating ??= new Set());

/** What an account may be called: checked wherever a browser says it. */
export const isName = (name: unknown): name is string => typeof name === 'string' && /^[\w.@-]{1,64}$/.test(name);

/**
 * Makes a challenge: to log in to an account, whether there is one or not; or to create one, and null if it exists. Enrolling replaces what the
 * browser keeps under the name, before the server hears of it: so it is offered to new accounts only.
 */
export async function ask(purpose: Question['purpose'], name: string): Promise<Question | null> {
  if (purpose === 'enroll' && (creating.has(name) || (await exists(name)))) return null;
  const { challenge, expiresAt } = await createChallenge();
  await store.addChallenge({ challenge, ...useOf(purpose, name), expiresAt }, Date.now());
  return { purpose, name, challenge };
}

const exists = async (name: string) => (await store.keysOf(name)).length > 0;

/** Whose the challenge is, and what it is good for. */
function useOf(purpose: Question['purpose'], name: string) {
  return purpose === 'enroll' ? { subject: '', purpose } : { subject: name, purpose };
}

/** Creates the account with the key of a browser, if the name is free. */
export async function enroll(name: string, face: string): Promise<boolean> {
  try {
    const { challenge, keyId, publicJwk, ...signed } = await verifyRegistration(JSON.parse(face), { origin });
    if (signed.name !== name || creating.has(name)) return false;
    creating.add(name);
    try {
      if (await exists(name)) return false;
      const use = { challenge, ...useOf('enroll', name) };
      return (await store.addKey({ keyId, subject: name, publicJwk }, use, Date.now())) === 'accepted';
    } finally {
      creating.delete(name);
    }
  } catch (error) {
    if (error instanceof Refusal || error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * Begins a session, if a key of the account has signed. Every try is counted as a wrong one before it is judged, so that of many at once no more
 * are judged than the limits allow.
 * @param source whose tries they are, besides the account's: an address
 */
export async function logIn(name: string, face: string, source: string): Promise<string | false> {
  const attempt = { subject: name, source };
  if ((await store.beginAttempt(attempt, DEFAULT_LIMITS, Date.now())) !== null) return false;
  try {
    if (!(await isSigned(name, face))) return false;
  } catch (error) {
    await store.withdrawAttempt(attempt); // it came to no judgment
    throw error;
  }
  await store.forgiveAttempts(attempt);
  const session = crypto.randomUUID();
  sessions.set(session, name);
  return session;
}

/** Whether a key of the account has signed a challenge that was made for it. */
async function isSigned(name: string, face: string): Promise<boolean> {
  const models = [acceptedModel(JSON.parse(await readFile('public/models/mobilenet-160/manifest.json', 'utf8')))];
  for (const { keyId, publicJwk } of await store.keysOf(name)) {
    try {
      const expected = { keyId, publicJwk, subject: name, origin, models };
      const { challenge, counter } = await verifyAssertion({ assertion: face }, expected);
      const taken = await store.accept({ challenge, ...useOf('login', name) }, { keyId, counter }, Date.now());
      if (taken === 'accepted') return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return false;
}

export const nameOf = (session: string) => sessions.get(session);
