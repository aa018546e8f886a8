import { describe, expect, it } from 'vitest';
import { readSafetensors } from './readSafetensors.js';

const entry = (dtype: string, shape: number[], data_offsets: number[]) => ({ dtype, shape, data_offsets });

/** @param header as text or as what is written down as JSON */
function file(header: unknown, data: Uint8Array = new Uint8Array(16)): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

describe('readSafetensors', () => {
  it('reads floats of every kind, and leaves whole numbers out', () => {
    const data = new Uint8Array(32);
    const view = new DataView(data.buffer);
    view.setFloat32(0, 1.5, true);
    view.setFloat64(4, -2, true);
    view.setUint16(12, 0x3c00, true);
    view.setUint16(14, 0x3f80, true);
    const header = {
      __metadata__: { format: 'pt' },
      f: entry('F32', [1], [0, 4]),
      d: entry('F64', [], [4, 12]),
      h: entry('F16', [1, 1], [12, 14]),
      b: entry('BF16', [1], [14, 16]),
      n: entry('I64', [2], [16, 32]),
    };
    const tensors = readSafetensors(file(header, data));
    expect([...tensors].map(([name, { shape, values }]) => [name, shape, ...values])).toEqual([
      ['f', [1], 1.5],
      ['d', [], -2],
      ['h', [1, 1], 1],
      ['b', [1], 1],
    ]);
  });

  it('keeps a tensor named __proto__ a tensor', () => {
    const tensors = readSafetensors(file('{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'));
    expect([...tensors.keys()]).toEqual(['__proto__']);
    expect(({} as { dtype?: string }).dtype).toBeUndefined();
  });

  it.each([
    ['a file of 3 bytes', new Uint8Array(3), /3 bytes, too few for the header/],
    [
      'a header of 2⁶² bytes',
      Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 64, 123),
      /header, 4611686018427388000 bytes, is longer than the file of 9/,
    ],
    ['a header that is no JSON', file('{"a":'), /header of the safetensors file is not valid JSON/],
    ['a header nested a million times', file('['.repeat(1_000_000)), /not valid JSON/],
    ['a header that is a list', file('[]'), /no list of tensors/],
    ['a tensor that is no description', file({ a: null }), /tensor a is of the type undefined/],
    ['a type that is unknown', file({ a: entry('F8_E4M3', [1], [0, 1]) }), /tensor a is of the type "F8_E4M3"/],
    ['a shape that is none', file({ a: entry('F32', ['x'] as unknown as number[], [0, 4]) }), /tensor a has no shape/],
    ['a place that is none', file({ a: entry('F32', [1], [0.5, 4.5]) }), /tensor a has no place/],
    ['a place that ends before it starts', file({ a: entry('F32', [1], [4, 0]) }), /tensor a has no place/],
    ['a shape that is too large', file({ a: entry('F32', [2 ** 31, 2 ** 31, 2 ** 31], [0, 16]) }), /tensor a is too large/],
    [
      'a place past the end',
      file({ a: entry('F32', [1000], [0, 4000]) }),
      /tensor a reaches past the end of the file: it ends at byte 4000 of 16/,
    ],
    ['another number of bytes', file({ a: entry('F32', [2, 1], [0, 16]) }), /tensor a has 16 bytes, wanted 8 for its shape \[2, 1\]/],
    ['two tensors in one place', file({ b: entry('F32', [2], [4, 12]), a: entry('F32', [2], [0, 8]) }), /tensors a and b overlap/],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(message);
  });
});
