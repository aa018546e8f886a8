import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeholdersIn } from './fixtures/placeholdersIn.js';
import { pseudoMessage } from './fixtures/pseudoWords.js';
import { formatMessage } from './formatMessage.js';
import { LANGUAGES } from './languages.js';
import { loadWords } from './loadWords.js';
import type { WordKey } from './WordKey.js';

const VALUES = { count: 3, days: 30, share: 0.5, seconds: 5, minutes: 5, step: 2, total: 6, index: 1 };
/** A text may be this many times as long as the English one, and a short one, such as a button's, this long. */
const LONGEST = 2.2;
const SHORT = 24;

const read = (language: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${language}.json`), 'utf8')) as Record<WordKey, string>;
const ENGLISH = read('en');
const ENTRIES = Object.entries(ENGLISH) as [WordKey, string][];

it('has a row for every file', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));
  expect(files.map((name) => name.replace('.json', '')).sort()).toEqual(['en', ...LANGUAGES].sort());
});

describe.each(['en', ...LANGUAGES])('%s', (language) => {
  const texts = read(language);

  it('has every text and no other, in the order of English', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(ENGLISH));
  });

  it('has the same placeholders', () => {
    for (const [key, english] of ENTRIES)
      expect({ key, ...placeholdersIn(texts[key]), plurals: 0 }).toEqual({ key, ...placeholdersIn(english), plurals: 0 });
  });

  it('has exactly the plural categories of the language', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    // Hebrew's `many` left CLDR with version 42; browsers before that ask for it.
    const expected = language === 'he' ? [...new Set([...pluralCategories, 'many'])] : pluralCategories;
    for (const [key] of ENTRIES) {
      for (const cases of placeholdersIn(texts[key]).plurals) {
        expect({ key, cases: [...cases].sort() }).toEqual({ key, cases: [...expected].sort() });
      }
    }
  });

  it('is not much longer than English', () => {
    for (const [key, english] of ENTRIES) {
      const own = formatMessage(texts[key], VALUES, language).length;
      const from = formatMessage(english, VALUES, 'en').length;
      if (own > Math.max(SHORT, from * LONGEST)) expect.fail(`${key}: ${own} letters, ${from} in English`);
    }
  });

  it('leaves nothing in English but single words', () => {
    const same =
      language === 'en'
        ? []
        : ENTRIES.filter(
            ([key, english]) =>
              texts[key] === english &&
              english
                .replace(/\{.*\}/, '')
                .trim()
                .includes(' '),
          );
    expect(same).toEqual([]);
  });

  it('has no space at an end, no straight quote and no three dots', () => {
    expect(ENTRIES.filter(([key]) => /^\s|\s$| {2}|\.{3}|['"]/.test(texts[key]))).toEqual([]);
    // French quotes keep their spaces, and none of them may end a line.
    if (language === 'fr') expect(ENTRIES.filter(([key]) => /«(?!\u00a0)|(?<!\u00a0)»/.test(texts[key]))).toEqual([]);
  });

  it('is loaded by its tag and by one with a region', async () => {
    for (const tag of [language, `${language}-x-own`]) {
      const words = await loadWords(tag);
      expect(words.say('button.cancel')).toBe(texts['button.cancel']);
      expect(words.direction).toBe(['ar', 'he'].includes(language) ? 'rtl' : 'ltr');
    }
  });
});

it('finds the script of a region, and the language of an old tag', async () => {
  const cancel = async (lang: string) => (await loadWords(lang)).say('button.cancel');
  expect(await Promise.all(['zh-TW', 'zh-HK', 'zh-CN', 'zh-Hans-SG', 'iw', 'pt-BR', 'pt-PT', 'en-GB', 'fi'].map(cancel))).toEqual([
    ...[read('zh-Hant'), read('zh-Hant'), read('zh'), read('zh'), read('he'), read('pt'), read('pt'), ENGLISH, ENGLISH].map(
      (texts) => texts['button.cancel'],
    ),
  ]);
});

it('makes a language that nobody speaks', () => {
  expect(pseudoMessage('Choose {name} or {n, plural, one {# step} other {# steps}}', 'en-XA')).toBe(
    '[Çhööšé {name} ör {n, plural, one {# šţép} other {# šţépš}} ~~ ~~ ~~]',
  );
  expect(pseudoMessage('It’s {n, number, percent}', 'ar-XB')).toBe('\u202eIt’s\u202c {n, number, percent}');
});
