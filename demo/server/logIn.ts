import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { Account } from './Accounts.js';
import { ApiError } from './ApiError.js';
import { inTransaction } from './openDatabase.js';
import type { Services } from './Services.js';
import type { SessionFacts } from './Sessions.js';
import { verifyAssertion } from './verifyAssertion.js';

export interface LoginBody {
  readonly name: string;
  readonly assertion: string;
  readonly passkey?: AuthenticationResponseJSON;
}

/**
 * Lets someone in, or throws an `ApiError`. Every refusal counts as a wrong try, for names that nobody has too; after twenty nobody gets in
 * from that address for a while, not even with the right answer.
 */
export async function logIn(
  body: LoginBody,
  services: Services,
  origin: string,
  address: string,
): Promise<{ account: Account; facts: SessionFacts }> {
  const { accounts, wrongTries } = services;
  wrongTries.assertOpen(body.name, address);
  try {
    const account = accounts.byName(body.name);
    if (!account) throw new ApiError('unknown-account');
    const facts = await check(body, account, services, origin);
    wrongTries.forgive(body.name, address);
    return { account, facts };
  } catch (error) {
    if (error instanceof ApiError) wrongTries.add(body.name, address);
    throw error;
  }
}

async function check({ assertion, passkey }: LoginBody, account: Account, services: Services, origin: string): Promise<SessionFacts> {
  const { accounts, challenges, db, passkeys, settings } = services;
  const { nonce, ctr, match } = await verifyAssertion(assertion, account, origin, settings);
  inTransaction(db, () => {
    if (!challenges.use(nonce, account.id, 'login')) throw new ApiError('challenge-unknown');
    if (!accounts.advance(account.id, ctr)) throw new ApiError('counter-back');
  });
  const factor = passkeys.count(account.id) > 0;
  if (factor) await passkeys.check(account, nonce, passkey, origin);
  return {
    ...{ model: `${match.model} ${match.modelVersion}`, fmr: match.fmr, frames: match.frames },
    ...{ liveness: match.liveness?.challenges ?? null, passkey: factor, counter: ctr },
  };
}
