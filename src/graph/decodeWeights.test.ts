import { describe, expect, it } from 'vitest';
import { VisavisError } from '../shared/VisavisError.js';
import { decodeWeights } from './decodeWeights.js';
import type { Quantization, WeightSpec } from './ModelJson.js';

const spec = (dtype: string, length: number, quantization?: Quantization): WeightSpec => ({
  name: 'w',
  shape: [length],
  dtype,
  quantization,
});
const decode = (one: WeightSpec, ...bytes: number[]) => decodeWeights([one], Uint8Array.from(bytes)).get('w')!.values;

describe('decodeWeights', () => {
  it('reads floats, integers and flags as they are', () => {
    expect(decode(spec('float32', 2), 0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0)).toEqual(Float32Array.of(1, -2.5));
    expect(decode(spec('int32', 2), 0xff, 0xff, 0xff, 0xff, 0x70, 0x11, 1, 0)).toEqual(Int32Array.of(-1, 70_000));
    expect(decode(spec('bool', 3), 1, 0, 1)).toEqual(Uint8Array.of(1, 0, 1));
    expect(decode(spec('float32', 0))).toEqual(new Float32Array(0));
  });

  it('reads halves: subnormal ones, infinity and what is no number too', () => {
    const halves = [0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x00, 0x7c, 0x00, 0x7e];
    const expected = Float32Array.of(1, -2, 2 ** -24, Infinity, NaN);
    expect(decode(spec('float32', 5, { dtype: 'float16' }), ...halves)).toEqual(expected);
    expect(decode(spec('float16', 5), ...halves)).toEqual(expected);
  });

  it('reads levels of one byte and of two', () => {
    expect(decode(spec('float32', 3, { dtype: 'uint8', scale: 0.5, min: -1 }), 0, 3, 255)).toEqual(Float32Array.of(-1, 0.5, 126.5));
    expect(decode(spec('float32', 2, { dtype: 'uint16', scale: 0.25, min: -2 }), 4, 0, 0xff, 0xff)).toEqual(Float32Array.of(-1, 16381.75));
    expect(decode(spec('int32', 2, { dtype: 'uint8', scale: 0.5, min: 1 }), 0, 3)).toEqual(Int32Array.of(1, 3));
  });

  it('finds each weight behind the one before, wherever it begins', () => {
    const specs = [
      { name: 'byte', shape: [1, 1], dtype: 'float32', quantization: { dtype: 'uint8' } },
      { name: 'one', shape: [], dtype: 'float32' },
      { name: 'half', shape: [1], dtype: 'float32', quantization: { dtype: 'float16' } },
    ];
    const bytes = [7, 0, 0, 0x80, 0x3f, 0, 0x3c];
    for (const file of [Uint8Array.from(bytes), Buffer.from(bytes)]) {
      expect([...decodeWeights(specs, file)]).toEqual([
        ['byte', { shape: [1, 1], values: Float32Array.of(7), grid: { min: 0, scale: 1, levels: Uint8Array.of(7) } }],
        ['one', { shape: [], values: Float32Array.of(1) }],
        ['half', { shape: [1], values: Float32Array.of(1) }],
      ]);
    }
  });

  it.each<[string, WeightSpec[], number, string]>([
    ['files that are too short', [spec('float32', 2)], 7, 'the weight "w" ends at byte 8, and there are 7'],
    [
      'weights that begin inside and end outside',
      [spec('bool', 3), { ...spec('int32', 1), name: 'v' }],
      5,
      'the weight "v" ends at byte 7',
    ],
    ['files with bytes that nothing describes', [spec('bool', 3)], 4, 'its weights have 3 bytes, and there are 4'],
    ['sizes that no file has', [{ ...spec('bool', 0), shape: Array<number>(30).fill(1e15) }], 4, 'the weight "w" ends at byte Infinity'],
    ['types that are not known', [spec('complex64', 1)], 8, 'the weight "w" is stored as complex64, which is not known here'],
    ['forms that are not known', [spec('float32', 1, { dtype: 'int4' })], 1, 'the weight "w" is stored as int4'],
    ['floats in integers', [spec('float32', 1, { dtype: 'int32' })], 4, 'the weight "w" is stored as int32'],
    ['integers in halves', [spec('int32', 1, { dtype: 'float16' })], 2, 'the weight "w" of type int32 is stored as float16'],
    ['names that come twice', [spec('bool', 1), spec('bool', 1)], 2, 'two weights "w"'],
  ])('refuses %s', (_, specs, bytes, message) => {
    const decoding = () => decodeWeights(specs, new Uint8Array(bytes));
    expect(decoding).toThrow(message);
    expect(decoding).toThrow(VisavisError);
  });
});
