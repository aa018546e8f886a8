/**
 * Control characters but the line feed; those that turn the direction of a text; those that a font shows nothing for, such as fillers and
 * variation selectors; the empty Braille pattern; halves of characters.
 */
const UNSEEN = /(?!\n)\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|\u2800/u;
/** The variation selector that makes an emoji of a sign, where it does. */
const SEEN = /(\p{Extended_Pictographic}|[0-9#*](?=\uFE0F\u20E3))\uFE0F/gu;
const LONGEST = 2000;

/**
 * A transaction's text as it is hashed: in Unicode's form NFC, with line feeds as line ends. Show the person exactly this text.
 *
 * Throws a RangeError for a text that is empty, longer than 2,000 characters, or holds what a person cannot see: control and format
 * characters (such as those that turn a text's direction), all else that Unicode calls ignorable (fillers, variation selectors but that of
 * emoji), the empty Braille pattern, and half characters. Spaces of all kinds are taken, and letters of one script that look like another's.
 */
export function canonicalTransaction(text: string): string {
  if (typeof text !== 'string') throw new TypeError(`expected a transaction's text, got ${typeof text}`);
  const canonical = text.replaceAll('\r\n', '\n').normalize('NFC');
  if (canonical.length === 0 || canonical.length > LONGEST) {
    throw new RangeError(`expected a transaction's text of 1 to ${LONGEST} characters, got ${canonical.length}`);
  }
  const unseen = UNSEEN.exec(canonical.replace(SEEN, '$1'))?.[0];
  if (unseen !== undefined) {
    const point = `U+${unseen.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    throw new RangeError(`expected a transaction's text that a person can see, got ${point}`);
  }
  return canonical;
}
