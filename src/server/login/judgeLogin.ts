import { networkOf } from '../networkOf.js';
import { Refusal } from '../Refusal.js';
import type { AttemptLimits, ServerStore } from '../ServerStore.js';
import { verifyAssertion, type VerifiedAssertion } from '../verifyAssertion.js';
import { newSubject } from './newSubject.js';
import { keyToTry } from './keyToTry.js';
import type { LoginOptions, PasskeyStep } from './LoginOptions.js';

export interface LoginAttempt<C> {
  /** As `nameKey` has it. */
  readonly name: string;
  readonly assertion: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly origin: string;
  readonly context: C;
}

/** Let in; or, where the account has a passkey and the request no answer of it, what the browser needs to answer. */
export type LoginOutcome = { readonly match: VerifiedAssertion } | { readonly match: null; readonly passkey: object };

/** From one source the owner of an account may be wrong 20 times; strangers from elsewhere lock nobody out before 200. */
export const DEFAULT_LIMITS: AttemptLimits = { perSource: 20, perSubject: 200, lockTime: 15 * 60_000 };

/**
 * Lets someone in, or throws a `Refusal`. Every refusal counts as a wrong try, for names that nobody has too, and it is counted before it is
 * judged; after too many not even the right answer counts for a while. Only who signs with the account's key learns that there is one, and
 * that it has a passkey.
 */
export async function judgeLogin<C>(attempt: LoginAttempt<C>, options: LoginOptions<C>): Promise<LoginOutcome> {
  const { store, limits = DEFAULT_LIMITS, now = Date.now } = options;
  const counted = { subject: attempt.name, source: networkOf(options.source(attempt.context)) };
  const at = now();
  const lockedUntil = await store.beginAttempt(counted, limits, at);
  if (lockedUntil !== null) throw new Refusal('locked', { retryAfter: Math.ceil((lockedUntil - at) / 1000) });
  try {
    const outcome = await judge(attempt, options, at);
    await (outcome.match ? store.forgiveAttempts(counted) : store.withdrawAttempt(counted));
    return outcome;
  } catch (error) {
    // It came to no judgment.
    if (!(error instanceof Refusal)) await store.withdrawAttempt(counted);
    throw error;
  }
}

async function judge<C>(attempt: LoginAttempt<C>, options: LoginOptions<C>, now: number): Promise<LoginOutcome> {
  const { name, assertion, body, origin, context } = attempt;
  const { store, models, maxFmr, demandLiveness } = options;
  const subject = (await options.subjectOf(name, context)) ?? newSubject();
  const { keyId, publicJwk } = keyToTry(await store.keysOf(subject), assertion);
  const policy = { models, ...(maxFmr === undefined ? {} : { maxFmr }), ...(demandLiveness === undefined ? {} : { demandLiveness }) };
  const match = await verifyAssertion({ assertion }, { ...policy, keyId, publicJwk, subject, origin, now });
  const passkey = (await options.passkey?.(match, body, context)) ?? null;
  return (await accept(match, passkey, store, now)) ? { match } : { match: null, passkey: passkey!.question };
}

/** Uses challenge and counter up. False where a passkey is asked for first: the challenge, which it signs too, stays. */
async function accept(match: VerifiedAssertion, passkey: PasskeyStep | null, store: ServerStore, now: number): Promise<boolean> {
  const use = { challenge: match.challenge, subject: match.subject, purpose: 'login' };
  if (passkey && !passkey.check) {
    if (!(await store.hasChallenge(use, now))) throw new Refusal('challenge-unknown');
    return false;
  }
  const answer = await store.accept(use, match, now);
  if (answer !== 'accepted') throw new Refusal(answer);
  if (passkey?.check && !(await passkey.check())) throw new Refusal('passkey-refused');
  return true;
}
