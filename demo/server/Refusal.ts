/** Why something that a device signed is refused. */
export type RefusalCode =
  | 'bad-assertion'
  | 'bad-algorithm'
  | 'bad-signature'
  | 'foreign-origin'
  | 'wrong-user'
  | 'assertion-expired'
  | 'weak-match'
  | 'model-refused'
  | 'own-points'
  | 'points-refused'
  | 'liveness-missing';

/** Thrown by `verifyAssertion` and `verifyRegistration`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
