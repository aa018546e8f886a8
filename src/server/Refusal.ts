/** Every reason for which something that a device signed is refused, with a sentence for people. */
export const REFUSALS = {
  'bad-body': 'The request’s body is not as it should be.',
  'bad-key': 'The public key is no P-256 key, or has more members than kty, crv, x and y.',
  'bad-assertion': 'The signed answer is malformed.',
  'bad-algorithm': 'The answer is not signed with ES256.',
  'bad-signature': 'The signature does not fit the key.',
  'foreign-origin': 'The answer was signed by or for another site.',
  'wrong-user': 'The answer was signed for another account.',
  'assertion-expired': 'The answer has expired, or the device’s clock is wrong.',
  'weak-match': 'A stricter match is asked for.',
  'model-refused': 'That face model is not accepted.',
  'own-points': 'The model or its thresholds are the page’s own, and not what visavis ships, or the quality gate was off.',
  'points-refused': 'The match was decided at a point that is not the model’s own.',
  'liveness-missing': 'A liveness check just before is asked for, and the answer tells of none.',
  'transaction-mismatch': 'The answer was signed for another transaction, or for none.',
  'challenge-unknown': 'The challenge was used already, has expired, or was never given.',
  'counter-back': 'The key’s counter went back: the key may have been copied, or restored from a backup.',
  'key-unknown': 'No such key is registered for this account.',
  'key-taken': 'That key is registered already.',
  'cross-site': 'Requests come from this site’s own pages only.',
  'passkey-refused': 'The passkey’s answer was refused.',
  locked: 'Too many wrong tries: this account is locked for a while.',
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** Thrown where something signed is refused. Branch on `code`; `message` is a sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** Seconds until another try is worth it; only for `locked`. */
  readonly retryAfter: number | undefined;

  constructor(
    readonly code: RefusalCode,
    { retryAfter, ...options }: ErrorOptions & { readonly retryAfter?: number } = {},
  ) {
    super(REFUSALS[code], options);
    this.retryAfter = retryAfter;
  }
}
