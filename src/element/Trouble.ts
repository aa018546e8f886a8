import type { ErrorWord } from './words/WordKey.js';
import type { WordValues } from './words/formatMessage.js';

/** What keeps the element, rather than the SDK below it, from a decision. */
export class Trouble extends Error {
  override readonly name = 'Trouble';

  constructor(
    readonly word: ErrorWord | 'camera-unanswered',
    message: string,
    readonly values: WordValues = {},
  ) {
    super(message);
  }
}
