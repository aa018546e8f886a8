import en from './en.json';
import { formatMessage, type WordValues } from './formatMessage.js';
import type { WordKey } from './WordKey.js';

/** Texts by key, in ICU MessageFormat. What is missing is taken from the next language. */
export type Messages = Readonly<Partial<Record<WordKey, string>>>;

/** Texts of one language. */
export interface Layer {
  /** BCP 47: plurals, numbers and dates follow it. */
  readonly language: string;
  readonly messages: Messages;
}

const ENGLISH: Layer = { language: 'en', messages: en satisfies Record<WordKey, string> };
/** Scripts that are written from right to left, of those that languages are written in today. */
const RIGHT_TO_LEFT = ['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg'];

/** The texts of a page in one language. */
export class Words {
  /** BCP 47; for the attribute `lang`. */
  readonly language: string;
  /** For the attribute `dir`. */
  readonly direction: 'ltr' | 'rtl';
  readonly #layers: readonly Layer[];

  /** @param layers the first that has a text counts; English is always the last */
  constructor(language: string, layers: readonly Layer[]) {
    this.language = language;
    this.direction = directionOf(language);
    this.#layers = [...layers, ENGLISH];
  }

  /**
   * A text. One of the page's own that is no message, or asks for a value that there is not, is passed over: a slip in it must not take the whole
   * element away. Throws a TypeError where a placeholder of the English one has no value.
   */
  say(key: WordKey, values: WordValues = {}): string {
    for (const { messages, language } of this.#layers.slice(0, -1)) {
      const message = messages[key];
      if (typeof message !== 'string') continue;
      try {
        return formatMessage(message, values, language);
      } catch {
        // The next language has one.
      }
    }
    return formatMessage(ENGLISH.messages[key] ?? key, values, ENGLISH.language);
  }

  /** What language a text is in: a page's own words may lack it. */
  languageOf(key: WordKey): string {
    return this.#layers.find(({ messages }) => typeof messages[key] === 'string')?.language ?? 'en';
  }

  /** The same, with some texts in the page's own words, which are in this language. */
  with(own: Messages): Words {
    return new Words(this.language, [{ language: this.language, messages: own }, ...this.#layers]);
  }
}

/** What there is at once, without a download. */
export const ENGLISH_WORDS: Words = new Words('en', []);

function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}
