/** Control characters but the line feed; those that turn the direction of a text or are invisible; halves of characters. */
const UNSEEN = /(?!\n)\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;
const LONGEST = 2000;

/**
 * A transaction's text as it is hashed: in Unicode's form NFC, with line feeds as line ends. Show the person exactly this text.
 *
 * Throws a RangeError for a text that is empty, longer than 2,000 characters, or holds what a person cannot see: control and format
 * characters (such as those that turn a text's direction), and half characters.
 */
export function canonicalTransaction(text: string): string {
  if (typeof text !== 'string') throw new TypeError(`expected a transaction's text, got ${typeof text}`);
  const canonical = text.replaceAll('\r\n', '\n').normalize('NFC');
  if (canonical.length === 0 || canonical.length > LONGEST) {
    throw new RangeError(`expected a transaction's text of 1 to ${LONGEST} characters, got ${canonical.length}`);
  }
  const unseen = UNSEEN.exec(canonical)?.[0];
  if (unseen !== undefined) {
    const point = `U+${unseen.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    throw new RangeError(`expected a transaction's text that a person can see, got ${point}`);
  }
  return canonical;
}
