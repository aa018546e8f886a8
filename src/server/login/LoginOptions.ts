import type { AcceptedModel } from '../AcceptedModel.js';
import type { AttemptLimits, ServerStore } from '../ServerStore.js';
import type { VerifiedAssertion } from '../verifyAssertion.js';
import type { VerifiedRegistration } from '../verifyRegistration.js';

/** How a server lets people in. `C` is the framework's own context, which is handed to every function: a request, mostly. */
export interface LoginOptions<C> {
  readonly store: ServerStore;
  /** The face models that count. */
  readonly models: readonly AcceptedModel[];
  /** Of the pages, such as `https://example.com`. Requests that other pages send are refused. */
  readonly origin: string | ((context: C) => string);
  /**
   * Whom wrong tries are counted for, besides the account: the client's address, as the framework knows it behind your proxies. Of an IPv6
   * address its network (/64) counts, of which one person has every address.
   */
  readonly source: (context: C) => string;
  /** The account that has this name, or undefined. Let it take the same work for both: else the time tells who has an account. */
  readonly subjectOf: (name: string, context: C) => string | undefined | Promise<string | undefined>;
  /**
   * The one form of a name by which accounts are found and wrong tries counted; what it throws ends the request. Default: Unicode's form
   * NFKC in lower case, without spaces around it.
   */
  readonly nameKey?: (name: string) => string;
  /**
   * Decides whose key it becomes that a page has just shown to be its own: the account of whoever is signed in, or a new one. Calls
   * `keep(subject)` once, which keeps the key, or throws a `Refusal` where the challenge is used up or the key another account's. What it
   * resolves to is the answer's body. A page whose first answer was lost asks again, with the same name and key (`keyId`): it gets the same
   * account.
   */
  readonly register: (registration: VerifiedRegistration, keep: (subject: string) => Promise<void>, context: C) => object | Promise<object>;
  /** Begins the session of `match.subject`. What it resolves to is the answer's body. */
  readonly loggedIn: (match: VerifiedAssertion, context: C) => object | Promise<object>;
  /** A second factor, asked for once the face's answer is right: null for an account that has none. */
  readonly passkey?: (
    match: VerifiedAssertion,
    body: Readonly<Record<string, unknown>>,
    context: C,
  ) => PasskeyStep | null | Promise<PasskeyStep | null>;
  /** The loosest false match rate; default 1e-3, one stranger in 1,000. */
  readonly maxFmr?: number;
  /** Whether a liveness session just before is demanded; default false. */
  readonly demandLiveness?: boolean;
  /** Wrong tries until an account is locked; default `DEFAULT_LIMITS`: 20 from one source and 200 from all, for 15 minutes. */
  readonly limits?: AttemptLimits;
  /** Milliseconds since 1970; default the clock. */
  readonly now?: () => number;
}

export interface PasskeyStep {
  /** What the browser needs to answer: the body's member `passkey`, with status 202, where there is no answer yet. */
  readonly question: object;
  /** Left out where the request holds no answer. Runs once the challenge is used up, and says whether the answer is right. */
  readonly check?: () => Promise<boolean>;
}
