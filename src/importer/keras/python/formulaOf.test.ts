import { describe, expect, it } from 'vitest';
import compiled from './fixtures/compiled.json' with { type: 'json' };
import { type Formula, formulaOf } from './formulaOf.js';
import { type PyCode, readCode } from './readCode.js';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const named = new Map([['scale', 0.17]]);
const sum = (...factors: number[]): Formula => ({ kind: 'sum', factors });
const unit: Formula = { kind: 'unit' };

/** What functions of one line compute; undefined for those that must not be taken for anything. */
const FORMULAS: Readonly<Record<string, Formula | undefined>> = {
  'x * scale': sum(0.17),
  '0.25 * x': sum(0.25),
  'x[0] + x[1] * scale': sum(1, 0.17),
  'x[1] * scale': sum(0, 0.17),
  'K.l2_normalize(x, axis=1)': unit,
  'tf.math.l2_normalize(x, axis=-1, epsilon=1e-10)': unit,
  'tf.nn.l2_normalize(x, 1)': unit,
  '10 * K.l2_normalize(x, axis=1)': undefined,
  'K.l2_normalize(2 * x, axis=1)': undefined,
  'K.l2_normalize(x, axis=0)': undefined,
  'x[0] - x[1] * scale': undefined,
  'evil.l2_normalize(x, axis=1)': undefined,
  'K.softmax(x)': undefined,
  'x * scale * x': undefined,
};
const functions = Object.entries(compiled).flatMap(([version, code]) =>
  Object.entries(code).map(([source, base64]) => ({ version, source, base64 })),
);

/** Python 3.13 has other instructions: nothing of it is known. */
const isKnown = ({ version }: { readonly version: string }) => version !== '3.13';

describe('formulaOf', () => {
  it.each(functions.filter(isKnown))('Python $version: $source', ({ source, base64 }) => {
    expect(Object.keys(FORMULAS)).toContain(source);
    const code = readCode(bytesOf(base64));
    expect(code).toBeDefined();
    expect(formulaOf(code!, source.includes('[') ? 2 : 1, named)).toEqual(FORMULAS[source]);
  });

  it.each(functions.filter((each) => !isKnown(each)))('Python $version is not guessed at: $source', ({ source, base64 }) => {
    const code = readCode(bytesOf(base64));
    expect(code && formulaOf(code, source.includes('[') ? 2 : 1, named)).toBeUndefined();
  });

  it.each([
    [-1, sum(1, 0.17)],
    [-2, sum(1.17, 0)],
    [-3, undefined],
    [2, undefined],
    [0.5, undefined],
  ])('counts as Python does: x[0] + x[%d] * 0.17', (index, formula) => {
    // LOAD_FAST 0, LOAD_CONST 1, BINARY_SUBSCR; the same with constant 2, LOAD_CONST 3, BINARY_MULTIPLY; BINARY_ADD, RETURN_VALUE
    const instructions = Uint8Array.of(124, 0, 100, 1, 25, 0, 124, 0, 100, 2, 25, 0, 100, 3, 20, 0, 23, 0, 83, 0);
    const constants = [null, 0, index, 0.17];
    const code: PyCode = { dialect: 'words', instructions, constants, names: [], variables: ['x'], free: [], parameters: 1 };
    expect(formulaOf(code, 2, new Map())).toEqual(formula);
  });

  it('wants a number for every parameter', () => {
    const code = readCode(bytesOf(compiled['3.8']['x * scale']))!;
    expect(formulaOf(code, 1, new Map())).toBeUndefined();
    expect(formulaOf(code, 1, new Map([['scale', 'much']]))).toBeUndefined();
  });

  it('makes nothing of damaged code, and never hangs', () => {
    for (const { base64 } of functions.filter((_, i) => i % 11 === 0)) {
      const bytes = bytesOf(base64);
      for (let at = 0; at < bytes.length; at += 3) {
        for (const value of [0, 255]) {
          const code = readCode(bytes.with(at, value));
          const formula = code && formulaOf(code, 1, named);
          if (formula?.kind === 'sum') expect(formula.factors).toHaveLength(1);
        }
        expect(() => readCode(bytes.subarray(0, at))).not.toThrow();
      }
    }
  });
});
