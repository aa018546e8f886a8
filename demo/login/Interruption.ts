/** Why a task was ended early: the reason of its signal. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor(readonly kind: 'canceled' | 'timeout' | 'camera-off') {
    super(`The task was interrupted: ${kind}.`);
  }
}
