const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Whether a text is whole: half of a character that takes two, as cutting a text in two leaves it, can't be written as UTF-8 and would come
 * back as another character. (`String.prototype.isWellFormed` is newer than the promised browsers.)
 */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}
