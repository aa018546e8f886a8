import { LANGUAGE_FILES, LANGUAGES, type Language } from './languages.js';
import { Words, type Layer, type Messages } from './Words.js';

/**
 * The texts in a language: those of its region, where there are any, else of the language, and whatever these lack in English. Never
 * rejects: where nothing can be loaded they are in English.
 * @param lang BCP 47, such as an attribute `lang` has it; `de_AT` is taken too
 * @param base a folder with files such as `de.json` and `de-AT.json` of the page's own, which come before those that ship; none of them
 *   needs to have every text
 */
export async function loadWords(lang: string, base?: string | URL): Promise<Words> {
  const candidates = candidatesFor(lang);
  const shipped = candidates.find((language): language is Language => (LANGUAGES as readonly string[]).includes(language));
  // Where the language that ships is the more precise one, the page's own of a less precise tag, which may be in another script, would only mix them.
  const layers = await Promise.all(
    candidates.flatMap((language) => [
      ...(base === undefined ? [] : [ownLayer(language, base)]),
      ...(language === shipped ? [shippedLayer(shipped)] : []),
    ]),
  );
  const found = layers.filter((layer) => layer !== null);
  // Where no text is in the language asked for, neither is the direction.
  const language = found[0] ? candidates[0] : undefined;
  return new Words(language ?? 'en', found);
}

/** The tags to look for, the most precise first: `zh-TW`, `zh-Hant`, `zh`. Empty for what is no tag. */
export function candidatesFor(lang: string): string[] {
  try {
    const locale = new Intl.Locale(lang.trim().replace(/_/g, '-'));
    const { language, script } = locale.maximize();
    return [...new Set([locale.baseName, `${language}-${script ?? ''}`, language])];
  } catch {
    return [];
  }
}

async function shippedLayer(language: Language): Promise<Layer | null> {
  try {
    return { language, messages: (await LANGUAGE_FILES[language]()).default };
  } catch {
    return null;
  }
}

async function ownLayer(language: string, base: string | URL): Promise<Layer | null> {
  try {
    const folder = new URL(base, document.baseURI).href.replace(/\/?$/, '/');
    const answer = await fetch(`${folder}${language}.json`);
    const messages: unknown = answer.ok ? await answer.json() : null;
    return isMessages(messages) ? { language, messages } : null;
  } catch {
    return null;
  }
}

function isMessages(value: unknown): value is Messages {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((text) => typeof text === 'string')
  );
}
