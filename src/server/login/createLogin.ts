import { assertLimits, assertPolicy } from '../assertPolicy.js';
import { createChallenge } from '../createChallenge.js';
import { Refusal, type RefusalCode } from '../Refusal.js';
import { verifyRegistration } from '../verifyRegistration.js';
import { isName, isObject } from '../verifySigned.js';
import { judgeLogin } from './judgeLogin.js';
import type { LoginOptions } from './LoginOptions.js';
import { newSubject } from './newSubject.js';

/** What a page asks for, in this order: the first two once for each device, the others for each login. */
export type LoginStep = 'registration' | 'register' | 'challenge' | 'login';

/** A request, as an adapter reads it. */
export interface LoginRequest<C> {
  /** A `LoginStep`; anything else is not found. */
  readonly step: string | undefined;
  /** The header `Origin`. */
  readonly origin: string | undefined;
  /** What the JSON says; undefined where it is none, or not declared as JSON. */
  readonly body: unknown;
  /** The framework's own. */
  readonly context: C;
}

/** An answer in JSON, for an adapter to send. */
export interface LoginAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** Answers one request. Rejects only with what the functions of the options throw, and a store that fails. */
export type Login<C> = (request: LoginRequest<C>) => Promise<LoginAnswer>;

const DEFAULT_STATUS = 401;
const STATUS: Partial<Record<RefusalCode, number>> = { 'bad-body': 400, 'bad-key': 400, 'cross-site': 403, 'key-taken': 409, locked: 429 };

/**
 * The steps of registration and login, for any web framework: `visavis/server/hono`, `/express` and `/fastify` make handlers of it.
 *
 * - `registration` `{}` → `{ challenge, expiresAt }`, to be signed by `deviceKey.signRegistration`
 * - `register` `{ name, publicKey, proof }` → what `register` says
 * - `challenge` `{ name }` → `{ challenge, expiresAt }`, to be signed by `deviceKey.signChallenge`
 * - `login` `{ name, assertion, … }` → what `loggedIn` says; or status 202 and `{ passkey }`
 *
 * Whatever is refused is answered by `{ error: { code, message } }`. Throws a RangeError for a `maxFmr` or `limits` by which nothing would be refused.
 */
export function createLogin<C>(options: LoginOptions<C>): Login<C> {
  const { store, now = Date.now, nameKey = defaultKey, maxFmr, limits } = options;
  assertPolicy(maxFmr === undefined ? {} : { maxFmr });
  if (limits) assertLimits(limits);

  const challengeFor = async (subject: string, purpose: string) => {
    const made = await createChallenge({ now: now() });
    await store.addChallenge({ ...made, subject, purpose }, now());
    return made;
  };

  const steps: Record<LoginStep, (body: Body, origin: string, context: C) => Promise<LoginAnswer>> = {
    registration: async () => created(await challengeFor('', 'registration')),
    async register(body, origin, context) {
      const registration = await verifyRegistration(body, { origin, now: now() });
      const { keyId, publicJwk, challenge } = registration;
      const use = { challenge, subject: '', purpose: 'registration' };
      // Asked beforehand: whoever replays a registration learns nothing of what `register` thinks of it.
      if (!(await store.hasChallenge(use, now()))) throw new Refusal('challenge-unknown');
      const keep = async (subject: string) => {
        const answer = await store.addKey({ keyId, publicJwk, subject }, use, now());
        if (answer !== 'accepted') throw new Refusal(answer);
      };
      return created(await options.register(registration, keep, context));
    },
    async challenge(body, _origin, context) {
      // The same work and the same answer for names that nobody has.
      const stranger = newSubject();
      return created(await challengeFor((await options.subjectOf(nameKey(nameIn(body)), context)) ?? stranger, 'login'));
    },
    async login(body, origin, context) {
      const { assertion } = body;
      const name = nameIn(body);
      if (typeof assertion !== 'string') throw new Refusal('bad-body');
      const outcome = await judgeLogin({ name: nameKey(name), assertion, body, origin, context }, options);
      return outcome.match ? created(await options.loggedIn(outcome.match, context)) : answer(202, { passkey: outcome.passkey });
    },
  };

  return async ({ step, origin, body, context }) => {
    try {
      const run = Object.hasOwn(steps, step ?? '') ? steps[step as LoginStep] : undefined;
      if (!run) return answer(404, { error: { code: 'not-found', message: 'There is nothing here.' } });
      const own = typeof options.origin === 'string' ? options.origin : options.origin(context);
      if (origin !== own) throw new Refusal('cross-site');
      if (!isObject(body)) throw new Refusal('bad-body');
      return await run(body, own, context);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message, retryAfter } = error;
      const wait: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
      return answer(STATUS[code] ?? DEFAULT_STATUS, { error: { code, message } }, wait);
    }
  };
}

type Body = Readonly<Record<string, unknown>>;

function answer(status: number, body: object, headers: Record<string, string> = {}): LoginAnswer {
  return { status, headers: { 'Cache-Control': 'no-store', ...headers }, body };
}

function created(body: object): LoginAnswer {
  return answer(201, body);
}

function nameIn({ name }: Body): string {
  if (!isName(name)) throw new Refusal('bad-body');
  return name;
}

function defaultKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().trim();
}
