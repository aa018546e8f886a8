import { describe, expect, it } from 'vitest';
import type { PickleHost } from './PickleMachine.js';
import { PickleGlobal, PickleObject, type PickleValue } from './PickleValue.js';
import { readPickle } from './readPickle.js';

/** Knows one function and one class. */
const host: PickleHost = {
  findGlobal(module, name, isClass) {
    if (module !== 'known') throw new Error(`asked for ${module}.${name}${isClass ? ', a class' : ''}`);
    return name === 'Class' ? new PickleGlobal('known.Class', undefined, true) : new PickleGlobal('known.double', ([n]) => 2 * Number(n));
  },
  findPersistent: (id) => ['outside', id],
};

function read(...parts: readonly (string | number | readonly number[])[]): PickleValue {
  const bytes = parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (letter) => letter.charCodeAt(0)) : part));
  return readPickle(Uint8Array.from(bytes), 0, 'p', host).value;
}

describe('readPickle', () => {
  it('reads what Python 3 writes of numbers, texts, lists, tuples and dictionaries', () => {
    // pickle.dumps({'a': [1, -2, 70000, 2**70, 0.5], 'b': (True, None, b'x'), 3: 'ü'}, protocol=4)
    const written =
      '80049540000000000000007d94288c0161945d94284b014afeffffff4a701101008a09000000000000000040' +
      '473fe0000000000000658c016294884e4301789487944b038c02c3bc94752e';
    expect(read(hex(written))).toEqual(
      new Map<PickleValue, PickleValue>([
        ['a', [1, -2, 70_000, 2n ** 70n, 0.5]],
        ['b', [true, null, Uint8Array.of(120)]],
        [3, 'ü'],
      ]),
    );
  });

  it('reads numbers and texts of protocol 0', () => {
    expect(read("(lp0\nI1\naI01\naF0.5\naL7L\naS'it'\np1\naVis\nag1\na.")).toEqual([1, true, 0.5, 7, 'it', 'is', 'it']);
  });

  it('keys cannot reach a prototype', () => {
    const map = read('}X', [9, 0, 0, 0], '__proto__}s.') as Map<string, unknown>;
    expect(map).toBeInstanceOf(Map);
    expect([...map.keys()]).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(map)).toBe(Map.prototype);
  });

  it('calls only what the host knows, makes objects only of classes, and asks it for what is outside', () => {
    expect(read('cknown\ndouble\nK', 21, 0x85, 'R.')).toBe(42);
    const made = read('cknown\nClass\n)', 0x81, '}X', [1, 0, 0, 0], 'wK', 5, 'sb.');
    expect(made).toBeInstanceOf(PickleObject);
    expect((made as PickleObject).attributes).toEqual(new Map([['w', 5]]));
    expect(read('K', 3, 'Q.')).toEqual(['outside', 3]);
  });

  it.each([
    ['a function', ['cposix\nsystem\nX', [2, 0, 0, 0], 'ls', 0x85, 'R.'], /asked for posix.system$/],
    ['a function, named on the stack', ['X', [2, 0, 0, 0], 'osX', [6, 0, 0, 0], 'system', 0x93, '.'], /asked for os.system$/],
    ['a class', ['cm\nNet\nq', 0, ')', 0x81, '.'], /asked for m.Net, a class$/],
    ['a call of a class', ['cknown\nClass\n)R.'], /call of what cannot be called/],
    ['an object of a function', ['cknown\ndouble\n)', 0x81, '.'], /an object of what is no class/],
    ['a call of a number', ['K', 1, ')R.'], /call of what cannot be called/],
    ['an extension code', [0x82, 1, '.'], /instruction 0x82 is not known here/],
    ['an object of the old kind', ['(iposix\nsystem\n.'], /instruction 0x69 is not known here/],
    ['a text longer than the pickle', ['X', [255, 255, 255, 127], 'a.'], /2147483647 bytes are wanted, 2 are left/],
    ['a length beyond all', [0x8e, [255, 255, 255, 255, 255, 255, 255, 255], '.'], /bytes are wanted, 1 are left/],
    ['a number of a million digits', [0x8b, [64, 66, 15, 0], '.'], /a whole number of 1000000 bytes/],
    ['a memo that is not there', ['h', 7, '.'], /memo has no 7/],
    ['an empty stack', ['.'], /nothing is left to take/],
    ['a stack that is empty since the mark', ['K', 1, '(.'], /nothing is left to take/],
    ['items without a mark', [']e.'], /there is no mark/],
    ['a key without a value', ['}(K', 1, 'u.'], /a key without a value/],
    ['no end', ['K', 1], /1 bytes are wanted, 0 are left/],
    ['a line without an end', ['cposix'], /a line without an end/],
  ] as const)('refuses %s', (_what, parts, message) => {
    expect(() => read(...parts)).toThrow(message);
  });

  it('takes a million marks, and a list that holds itself, without a deep stack', () => {
    const deep = new Uint8Array(1_000_000).fill(0x28);
    expect(() => readPickle(deep, 0, 'p', host)).toThrow(/cut off or damaged at byte 1000000/);
    // Nested a hundred thousand times, by tuples of one.
    const nested = [0x29, ...new Array<number>(100_000).fill(0x85), 0x2e];
    expect(read(nested)).toHaveLength(1);
    const loop = read(']q', 0, 'h', 0, 'a.') as PickleValue[];
    expect(loop[0]).toBe(loop);
  });

  it('refuses pickles of more than 4 MB', () => {
    expect(() => readPickle(new Uint8Array((1 << 22) + 9).fill(0x28), 0, 'p', host)).toThrow(/too large/);
  });
});

function hex(text: string): number[] {
  return text.match(/../g)!.map((byte) => parseInt(byte, 16));
}
