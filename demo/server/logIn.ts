import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { Account } from './Accounts.js';
import { ApiError } from './ApiError.js';
import { inTransaction } from './openDatabase.js';
import { Refusal } from '../../src/server/Refusal.js';
import type { Services } from './Services.js';
import type { SessionFacts } from './Sessions.js';
import { verifyAssertion, type VerifiedAssertion } from '../../src/server/verifyAssertion.js';

export interface LoginBody {
  readonly name: string;
  readonly assertion: string;
  readonly passkey?: AuthenticationResponseJSON;
}

/** Let in; or, where the account has a passkey and the body no answer of one, what the browser needs to answer. */
export type LoginOutcome =
  { readonly account: Account; readonly facts: SessionFacts } | { readonly account: null; readonly passkey: NonNullable<PasskeyQuestion> };

type PasskeyQuestion = Awaited<ReturnType<Services['passkeys']['ask']>>;

/**
 * Lets someone in, or throws an `ApiError` or a `Refusal`. Every refusal counts as a wrong try, for names that nobody has too; after twenty
 * nobody gets in from that address for a while, not even with the right answer. Only who signs with the account's key learns that there is
 * one, and that it has a passkey.
 */
export async function logIn(body: LoginBody, services: Services, origin: string, address: string): Promise<LoginOutcome> {
  const { accounts, decoy, wrongTries } = services;
  wrongTries.begin(body.name, address);
  try {
    const stranger = await decoy.of(body.name);
    const account = accounts.byName(body.name) ?? stranger;
    const outcome = await judge(body, account, services, origin);
    if (outcome.account) wrongTries.forgive(body.name, address);
    else wrongTries.withdraw(body.name, address);
    return outcome;
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof Refusal)) wrongTries.withdraw(body.name, address);
    throw error;
  }
}

async function judge({ assertion, passkey }: LoginBody, account: Account, services: Services, origin: string): Promise<LoginOutcome> {
  const { accounts, challenges, db, passkeys, settings } = services;
  const expected = { ...settings, publicJwk: account.publicJwk, keyId: account.keyId, subject: account.id, origin, now: settings.now() };
  const { challenge, counter, match } = await verifyAssertion({ assertion }, expected);
  const question = await passkeys.ask(account, challenge, origin);
  if (question && !passkey) {
    if (!challenges.isAlive(challenge, account.id, 'login')) throw new ApiError('challenge-unknown');
    return { account: null, passkey: question };
  }
  inTransaction(db, () => {
    if (!challenges.use(challenge, account.id, 'login')) throw new ApiError('challenge-unknown');
    if (!accounts.advance(account.id, counter)) throw new ApiError('counter-back');
  });
  if (question && passkey) await passkeys.check(account, challenge, passkey, origin);
  return { account, facts: factsOf(match, counter, question !== null) };
}

function factsOf(match: VerifiedAssertion['match'], counter: number, passkey: boolean): SessionFacts {
  const { model, modelVersion, fmr, frames, liveness } = match;
  return { model: `${model} ${modelVersion}`, fmr, frames, liveness: liveness?.challenges ?? null, passkey, counter };
}
