import type { PyCode } from './readCode.js';

export interface Instruction {
  readonly op: string;
  readonly value: number;
}

/** Numbers of instructions up to Python 3.10; these are all that the formulas of known layers have. */
const UNTIL_3_10: Readonly<Record<number, string>> = {
  20: 'MULTIPLY',
  23: 'ADD',
  25: 'SUBSCRIPT',
  83: 'RETURN',
  100: 'CONSTANT',
  106: 'ATTRIBUTE',
  116: 'GLOBAL',
  124: 'VARIABLE',
  131: 'CALL',
  136: 'FREE',
  141: 'CALL_NAMED',
  160: 'ATTRIBUTE',
  161: 'CALL',
};

/** Of Python 3.11 and 3.12. */
const FROM_3_11: Readonly<Record<number, string>> = {
  0: 'NOTHING',
  2: 'NOTHING',
  25: 'SUBSCRIPT',
  83: 'RETURN',
  100: 'CONSTANT',
  106: 'ATTRIBUTE',
  116: 'GLOBAL',
  122: 'BINARY',
  124: 'VARIABLE',
  137: 'FREE',
  149: 'NOTHING',
  151: 'RESUME',
  160: 'ATTRIBUTE',
  166: 'PREPARE',
  171: 'CALL',
  172: 'NAMES',
};

/** The instructions of a code object; undefined as soon as one is not known here, whatever it does. */
export function instructionsOf({ dialect, instructions }: PyCode): Instruction[] | undefined {
  const list: Instruction[] = [];
  const names = dialect === '3.11' ? FROM_3_11 : UNTIL_3_10;
  for (let at = 0; at < instructions.length;) {
    const number = instructions[at]!;
    const op = names[number];
    const long = dialect === 'bytes' && number >= 90;
    const value = (instructions[at + 1] ?? 0) + (long ? 256 * (instructions[at + 2] ?? 0) : 0);
    if (op === undefined) return undefined;
    if (op !== 'NOTHING') list.push({ op, value: dialect === 'bytes' && !long ? 0 : value });
    at += dialect !== 'bytes' ? 2 : long ? 3 : 1;
  }
  if (dialect !== '3.11') return list;
  // Later Pythons have the same layout and other numbers: theirs do not begin so.
  if (list.shift()?.op !== 'RESUME') return undefined;
  // Python 3.12 prepares no calls, and has a bit more in the numbers of attributes.
  const is311 = list.some(({ op }) => op === 'PREPARE');
  return list
    .filter(({ op }) => op !== 'PREPARE')
    .map(({ op, value }) => ({ op, value: op === 'ATTRIBUTE' && !is311 ? value >> 1 : value }));
}
