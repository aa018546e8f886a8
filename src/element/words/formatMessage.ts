import { parseMessage, type MessagePart } from './parseMessage.js';

/** What stands in a text for a placeholder. */
export type WordValues = Readonly<Record<string, string | number | Date>>;

/** Messages are few, and said again and again. */
const parsed = new Map<string, readonly MessagePart[]>();

/**
 * Writes a text in ICU MessageFormat: `{name}`, `{share, number}`, `{share, number, percent}`, `{day, date}`, `{count, plural, one {…}
 * other {…}}` with `=0` and `#`, `{kind, select, a {…} other {…}}`. Throws a SyntaxError for any other text, and a TypeError for a
 * placeholder without a value.
 * @param language that of the text: plurals and numbers follow it
 */
export function formatMessage(message: string, values: WordValues, language: string): string {
  let parts = parsed.get(message);
  if (!parts) parsed.set(message, (parts = parseMessage(message)));
  return write(parts, values, language, null);
}

/** @param count what `#` stands for */
function write(parts: readonly MessagePart[], values: WordValues, language: string, count: number | null): string {
  return parts.map((part) => (typeof part === 'string' ? part : writePart(part, values, language, count))).join('');
}

function writePart(part: Exclude<MessagePart, string>, values: WordValues, language: string, count: number | null): string {
  if (part.type === 'count') return count === null ? '#' : numberText(count, language);
  const value = values[part.name];
  if (value === undefined) throw new TypeError(`expected a value for {${part.name}}, got undefined`);
  switch (part.type) {
    case 'value':
      return typeof value === 'number' ? numberText(value, language) : String(value);
    case 'number':
      return numberText(Number(value), language, part.percent);
    case 'date':
      return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(value instanceof Date ? value : new Date(value));
    case 'plural': {
      const number = Number(value);
      const { cases } = part;
      const chosen = cases[`=${number}`] ?? cases[new Intl.PluralRules(language).select(number)] ?? cases.other!;
      return write(chosen, values, language, number);
    }
    case 'select':
      return write(part.cases[String(value)] ?? part.cases.other!, values, language, count);
  }
}

function numberText(value: number, language: string, percent = false): string {
  return new Intl.NumberFormat(language, percent ? { style: 'percent' } : {}).format(value);
}
