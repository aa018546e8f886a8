import { readFile } from 'node:fs/promises';
import {
  acceptedModel,
  createChallenge,
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

const origin = process.env.ORIGIN ?? 'http://localhost:3000';
/** For one process that may forget: docs/server.md has stores that last. Pages and actions may load this file more than once. */
const kept = globalThis as { store?: ServerStore; sessions?: Map<string, string> };
const store = (kept.store ??= memoryStore());
const sessions = (kept.sessions ??= new Map());

/** What an account may be called: checked wherever a browser says it. */
export const isName = (name: unknown): name is string => typeof name === 'string' && /^[\w.@-]{1,64}$/.test(name);

/** Makes a challenge for an account, whether there is one or not. */
export async function ask(purpose: Question['purpose'], name: string): Promise<Question> {
  const { challenge, expiresAt } = await createChallenge();
  await store.addChallenge({ challenge, ...useOf(purpose, name), expiresAt }, Date.now());
  return { purpose, name, challenge };
}

/** Whose the challenge is, and what it is good for. */
function useOf(purpose: Question['purpose'], name: string) {
  return purpose === 'enroll' ? { subject: '', purpose } : { subject: name, purpose };
}

/** Creates the account with the key of a browser, if the name is free. */
export async function enroll(name: string, face: string): Promise<boolean> {
  try {
    const { challenge, keyId, publicJwk, ...signed } = await verifyRegistration(JSON.parse(face), { origin });
    if (signed.name !== name || (await store.keysOf(name)).length > 0) return false;
    return (await store.addKey({ keyId, subject: name, publicJwk }, { challenge, ...useOf('enroll', name) }, Date.now())) === 'accepted';
  } catch (error) {
    if (error instanceof Refusal || error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Begins a session, if a key of the account has signed. */
export async function logIn(name: string, face: string): Promise<string | false> {
  const models = [acceptedModel(JSON.parse(await readFile('public/models/mobilenet-160/manifest.json', 'utf8')))];
  for (const { keyId, publicJwk } of await store.keysOf(name)) {
    try {
      const expected = { keyId, publicJwk, subject: name, origin, models };
      const { challenge, counter } = await verifyAssertion({ assertion: face }, expected);
      const taken = await store.accept({ challenge, ...useOf('login', name) }, { keyId, counter }, Date.now());
      if (taken !== 'accepted') continue;
      const session = crypto.randomUUID();
      sessions.set(session, name);
      return session;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return false;
}

export const nameOf = (session: string) => sessions.get(session);
