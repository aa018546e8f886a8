import { expect, it } from 'vitest';
import { formatMessage } from './formatMessage.js';

const RUSSIAN = '{count, plural, one {# шаг} few {# шага} many {# шагов} other {# шага}}';

it.each([
  ['plain', {}, 'en', 'plain'],
  ['{a} and { a }', { a: 'x' }, 'en', 'x and x'],
  ['{share, number, percent} of {n, number}', { share: 0.25, n: 12345 }, 'de', '25\u00a0% of 12.345'],
  ['{n}', { n: 1234.5 }, 'fr', '1\u202f234,5'],
  ['until {day, date}', { day: new Date(2026, 4, 3) }, 'en', 'until May 3, 2026'],
  ['{count, plural, =0 {none} one {# step} other {# steps}} left', { count: 0 }, 'en', 'none left'],
  ['{count, plural, one {# step} other {# steps}} left', { count: 1 }, 'en', '1 step left'],
  ['{count, plural, one {# step} other {# steps}}', { count: 1200 }, 'en', '1,200 steps'],
  [RUSSIAN, { count: 21 }, 'ru', '21 шаг'],
  [RUSSIAN, { count: 3 }, 'ru', '3 шага'],
  [RUSSIAN, { count: 11 }, 'ru', '11 шагов'],
  ['{who, select, me {mine} other {{who}’s}}', { who: 'Ada' }, 'en', 'Ada’s'],
  ['{n, plural, other {{who, select, other {# of {who}}}}}', { n: 2, who: 'Ada' }, 'en', '2 of Ada'],
  ["l'{a} '{'b'}' it''s # 100 %", { a: 'x' }, 'en', "l'x {b} it's # 100 %"],
])('writes %s', (message, values, language, expected) => {
  expect(formatMessage(message, values, language)).toBe(expected);
});

it.each([
  ['{', 'a name'],
  ['{a', 'number, date'],
  ['{a, number', '}'],
  ['a}', 'no }'],
  ['{a b}', 'number, date'],
  ['{a, time}', 'number, date'],
  ['{a, plural, one {x}}', 'the case other'],
  ['{a, plural, other {x}', 'a case'],
  ['{a, plural, other x}', 'a case'],
  ['{a, plural, other {x', '}'],
])('refuses %s', (message, expected) => {
  expect(() => formatMessage(message, { a: 1, b: 1 }, 'en')).toThrow(SyntaxError);
  expect(() => formatMessage(message, { a: 1, b: 1 }, 'en')).toThrow(`expected ${expected}`);
});

it('refuses a placeholder without a value', () => {
  expect(() => formatMessage('Hello {name}', {}, 'en')).toThrow('expected a value for {name}, got undefined');
});
