import { afterEach, expect, it, vi } from 'vitest';
import { candidatesFor, loadWords } from './loadWords.js';
import { ENGLISH_WORDS, Words } from './Words.js';

afterEach(() => void vi.unstubAllGlobals());

/** Files of the page's own, by address. */
function serve(files: Record<string, unknown>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('document', { baseURI: 'https://app.example/account/' });
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    if (!(url in files)) return Promise.resolve(new Response('', { status: 404 }));
    if (files[url] instanceof Error) return Promise.reject(files[url]);
    return Promise.resolve(new Response(JSON.stringify(files[url])));
  });
  return asked;
}

it('says a text with its values in English', () => {
  expect(ENGLISH_WORDS.say('progress.step', { step: 2, total: 6 })).toBe('Step 2 of 6');
  expect(ENGLISH_WORDS.say('consent.retention', { days: 1 })).toBe(
    'After 1 day, they are no longer used, and they are deleted when this page is next opened.',
  );
  expect([ENGLISH_WORDS.language, ENGLISH_WORDS.direction]).toEqual(['en', 'ltr']);
});

it.each([
  ['de-AT', ['de-AT', 'de-Latn', 'de']],
  ['de_at', ['de-AT', 'de-Latn', 'de']],
  ['zh-TW', ['zh-TW', 'zh-Hant', 'zh']],
  ['zh', ['zh', 'zh-Hans']],
  ['iw', ['he', 'he-Hebr']],
  ['', []],
  ['not a language', []],
])('looks for %s', (lang, expected) => {
  expect(candidatesFor(lang)).toEqual(expected);
});

it('takes a page’s own language key by key: of the region, of the language, in English', async () => {
  const asked = serve({
    'https://app.example/words/sv.json': { 'button.cancel': 'Avbryt', 'button.skip': 'Hoppa över' },
    'https://app.example/words/sv-FI.json': { 'button.skip': 'Hoppa' },
  });
  const words = await loadWords('sv-FI', '/words');
  expect(asked).toEqual(['sv-FI', 'sv-Latn', 'sv'].map((name) => `https://app.example/words/${name}.json`));
  expect((['button.skip', 'button.cancel', 'button.start'] as const).map((key) => words.say(key))).toEqual(['Hoppa', 'Avbryt', 'Start']);
  expect([words.language, words.direction]).toEqual(['sv-FI', 'ltr']);
});

it('does not mix two scripts where a page brings words of its own in one, and the other ships', async () => {
  const files = {
    'https://app.example/words/zh.json': { 'button.cancel': '放弃' },
    'https://app.example/words/zh-HK.json': { 'button.start': '出發' },
  };
  serve(files);
  const traditional = await loadWords('zh-HK', '/words');
  expect([traditional.say('button.start'), traditional.say('button.cancel'), traditional.say('button.skip')]).toEqual([
    '出發',
    '取消',
    '略過',
  ]);
  expect((await loadWords('zh', '/words')).say('button.cancel')).toBe('放弃');
});

it('says what language a text is in', async () => {
  serve({ 'https://app.example/words/sv.json': { 'button.cancel': 'Avbryt' } });
  const words = await loadWords('sv-SE', '/words');
  expect([words.languageOf('button.cancel'), words.languageOf('consent.text')]).toEqual(['sv', 'en']);
  expect(words.with({ 'consent.text': 'Egna ord' }).languageOf('consent.text')).toBe('sv-SE');
});

it('follows English plurals where a text is English, whatever the language around it', () => {
  const words = new Words('ar', [{ language: 'ar', messages: { 'button.start': 'ابدأ' } }]);
  expect(words.say('consent.retention', { days: 11 })).toMatch(/^After 11 days, they/);
  expect(words.direction).toBe('rtl');
});

it('is English where nothing can be loaded', async () => {
  serve({ 'https://app.example/account/sv.json': new Error('offline'), 'https://app.example/account/fi.json': ['no words'] });
  for (const lang of ['sv', 'fi', 'no tag', '']) {
    const words = await loadWords(lang, '.');
    expect([words.say('button.cancel'), words.language]).toEqual(['Cancel', 'en']);
  }
});

it('takes some texts in a page’s own words', () => {
  const words = ENGLISH_WORDS.with({ 'button.start': 'Go', 'progress.step': '{step} of {total}' });
  expect([words.say('button.start'), words.say('progress.step', { step: 3, total: 6 }), words.say('button.skip')]).toEqual([
    'Go',
    '3 of 6',
    'Skip',
  ]);
  expect(ENGLISH_WORDS.say('button.start')).toBe('Start');
});

it('does not take the name of a method for a text', () => {
  expect(new Words('en', [{ language: 'en', messages: JSON.parse('{"button.start":null}') as object }]).say('button.start')).toBe('Start');
});
