import { afterEach, expect, it, vi } from 'vitest';
import en from './en.json';
import { formatMessage } from './formatMessage.js';
import { LANGUAGES } from './languages.js';
import { loadWords } from './loadWords.js';
import type { WordKey } from './WordKey.js';

const VALUES = { count: 1003, days: 30, share: 0.5, seconds: 5, minutes: 5, step: 2, total: 6, index: 1 };
/** All that the texts use of `Intl`, which Chrome 94, Firefox 114 and Safari 16.4 have: members by constructor, and options. */
const OLD: Readonly<Record<string, { readonly members: readonly string[]; readonly options: readonly string[] }>> = {
  Locale: { members: ['baseName', 'language', 'script', 'maximize'], options: [] },
  PluralRules: { members: ['select'], options: [] },
  NumberFormat: { members: ['format'], options: ['style'] },
  DateTimeFormat: { members: ['format'], options: ['dateStyle'] },
};

/** `Intl` with nothing but what `OLD` names: whatever else is asked of it throws. */
function oldIntl(): object {
  const real = Intl as unknown as Record<string, new (language: string, options?: object) => object>;
  return refusing('Intl', Object.keys(OLD), {
    ...Object.fromEntries(
      Object.entries(OLD).map(([name, { members, options }]) => {
        const make = function (language: string, given: object = {}) {
          for (const option of Object.keys(given)) if (!options.includes(option)) throw new Error(`Intl.${name} with ${option}`);
          return refusing(`Intl.${name}`, members, new real[name](language, given));
        };
        return [name, make];
      }),
    ),
  });
}

function refusing(name: string, members: readonly string[], target: object): object {
  return new Proxy(target, {
    get(_, member) {
      if (!members.includes(String(member))) throw new Error(`${name}.${String(member)} is too new`);
      const value: unknown = Reflect.get(target, member, target);
      if (typeof value !== 'function' || name === 'Intl') return value;
      return (...args: unknown[]) => {
        const result: unknown = value.apply(target, args);
        return typeof result === 'object' && result !== null ? refusing(name, members, result) : result;
      };
    },
  });
}

async function textsIn(language: string): Promise<readonly string[]> {
  const words = await loadWords(language);
  return [words.language, words.direction, ...(Object.keys(en) as WordKey[]).map((key) => words.say(key, VALUES))];
}

afterEach(() => vi.unstubAllGlobals());

it.each(['en', ...LANGUAGES])('needs of Intl only what the oldest browsers have: %s', async (language) => {
  const today = await textsIn(language);
  vi.stubGlobal('Intl', oldIntl());
  expect(await textsIn(language)).toEqual(today);
});

it('writes the numbers and dates of texts of your own with that too', () => {
  vi.stubGlobal('Intl', oldIntl());
  expect(formatMessage('{day, date}: {share, number, percent} of {n}', { day: new Date(2026, 4, 3), share: 0.5, n: 1200 }, 'en')).toBe(
    'May 3, 2026: 50% of 1,200',
  );
});

it('would notice anything else', () => {
  vi.stubGlobal('Intl', oldIntl());
  expect(() => new Intl.Segmenter('en')).toThrow('Intl.Segmenter is too new');
  expect(() => new Intl.Locale('en').maximize().numberingSystem).toThrow('Intl.Locale.numberingSystem is too new');
  expect(() => new Intl.NumberFormat('en', { notation: 'compact' })).toThrow('with notation');
});
