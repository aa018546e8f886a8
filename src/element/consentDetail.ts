import type { ConsentDetail } from './CaptureEvents.js';
import type { Words } from './words/Words.js';

/** What a person agrees to who is asked in the element's own words: only what it keeps itself lies in this browser, encrypted. */
export type ConsentText = 'consent.text' | 'consent.handed';

/**
 * The proof of what a person agreed to: the page's own text in the slot `consent`, where there is one, else the element's.
 * @param retention days; null where the template is kept for good, or by somebody else
 */
export function consentDetail(
  element: HTMLElement,
  words: Words,
  text: ConsentText,
  retention: number | null,
  given: boolean,
): ConsentDetail {
  const slotted = [...element.querySelectorAll(':scope > [slot="consent"]')].map(({ textContent }) => textContent?.trim() ?? '').join('\n');
  const days = retention === null ? '' : ` ${words.say('consent.retention', { days: retention })}`;
  const shown = slotted
    ? { text: slotted, language: element.lang || words.language }
    : { text: words.say(text) + days, language: words.languageOf(text) };
  return { given, ...shown, at: new Date().toISOString(), retention };
}
