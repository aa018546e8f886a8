import type { DevicePublicJwk } from '../shared/MatchAssertion.js';

/** A challenge is for one subject and one purpose. */
export interface ChallengeUse {
  readonly challenge: string;
  /** Whom it was given to: an account; empty for a registration. */
  readonly subject: string;
  /** Such as `login`. A challenge for one purpose is good for no other. */
  readonly purpose: string;
}

/** A device's registered key. */
export interface StoredKey {
  /** The key's thumbprint. */
  readonly keyId: string;
  /** The account. It may have several keys. */
  readonly subject: string;
  readonly publicJwk: DevicePublicJwk;
  /** Of the last accepted signature; 0 before the first. */
  readonly counter: number;
}

/** Who tries, and from where, such as an address. The library's own stores count an IPv6 address as its network (/64). */
export interface Attempt {
  readonly subject: string;
  readonly source: string;
}

export interface AttemptLimits {
  /** Wrong tries for one subject from one source. */
  readonly perSource: number;
  /** Wrong tries for one subject from all sources together: many more, or a stranger could lock anyone out. */
  readonly perSubject: number;
  /** Milliseconds for which a count lives from its last try on. */
  readonly lockTime: number;
}

/**
 * What a server keeps: challenges, keys and wrong tries. Each call is atomic, also among several servers that share a store, and what it
 * resolved to outlives a crash where the store is durable. Times are milliseconds since 1970.
 */
export interface ServerStore {
  addChallenge(challenge: ChallengeUse & { readonly expiresAt: number }, now: number): Promise<void>;
  /** Whether `takeChallenge` would resolve to true. */
  hasChallenge(use: ChallengeUse, now: number): Promise<boolean>;
  /** True once, for a challenge that was given for this use and is alive. */
  takeChallenge(use: ChallengeUse, now: number): Promise<boolean>;
  /**
   * Takes the challenge and keeps the key, with the counter 0: both or neither. A key that the subject has already is accepted too, and keeps its
   * counter: who is signed in may enroll again with the same key. Another subject's is `key-taken`.
   */
  addKey(key: Omit<StoredKey, 'counter'>, use: ChallengeUse, now: number): Promise<'accepted' | 'challenge-unknown' | 'key-taken'>;
  keysOf(subject: string): Promise<StoredKey[]>;
  /** Takes the challenge and raises the key's counter: both or neither. The key is one of `use.subject`. */
  accept(
    use: ChallengeUse,
    signed: { readonly keyId: string; readonly counter: number },
    now: number,
  ): Promise<'accepted' | 'challenge-unknown' | 'key-unknown' | 'counter-back'>;
  /** Deletes the subject's keys and challenges. */
  forgetSubject(subject: string): Promise<void>;
  /**
   * Counts a try as wrong before it is judged, so that of any number at the same time no more are judged than the limits allow;
   * `forgiveAttempts` and `withdrawAttempt` take that back. Resolves to null, or where there were too many to when that ends.
   */
  beginAttempt(attempt: Attempt, limits: AttemptLimits, now: number): Promise<number | null>;
  /** It came to no judgment. */
  withdrawAttempt(attempt: Attempt): Promise<void>;
  /** It was right: the count of its source is over. What others did from elsewhere stays counted. */
  forgiveAttempts(attempt: Attempt): Promise<void>;
  /** Deletes all counts of a subject. */
  forgetAttempts(subject: string): Promise<void>;
}
