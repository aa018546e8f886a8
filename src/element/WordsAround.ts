import { loadWords } from './words/loadWords.js';
import { ENGLISH_WORDS, type Words } from './words/Words.js';

/** The texts in the language that is spoken where an element stands. */
export class WordsAround {
  #texts: Words = ENGLISH_WORDS;
  #asked = 0;

  /** @param onLoaded called when they have changed */
  constructor(
    private readonly element: Element,
    private readonly onLoaded: () => void,
  ) {}

  get texts(): Words {
    return this.#texts;
  }

  /**
   * @param base a folder with the page's own
   * @param anew whether that may be another one than before
   */
  async load(base: string | null, anew: boolean): Promise<void> {
    const turn = ++this.#asked;
    const words = await loadWords(languageAround(this.element) || navigator.language, base ?? undefined);
    // A language that was asked for earlier may come later.
    if (turn !== this.#asked) return;
    if (words.language === this.#texts.language && base === null && !anew) return;
    this.#texts = words;
    this.onLoaded();
  }
}

/** The nearest `lang`, also of what is around a shadow root. */
function languageAround(element: Element): string | null {
  const near = element.closest('[lang]')?.getAttribute('lang');
  const root = element.getRootNode();
  return near || (root instanceof ShadowRoot ? languageAround(root.host) : document.documentElement.lang || null);
}
