import { expect, it } from 'vitest';
import { parseCsv } from './parseCsv.js';

it('reads quotes, empty cells and any line ends', () => {
  expect(parseCsv('a, b ,"c, ""d"""\r\n\n,x\n"1\n2",')).toEqual([
    ['a', 'b', 'c, "d"'],
    ['', 'x'],
    ['1\n2', ''],
  ]);
  expect(parseCsv('')).toEqual([]);
});
