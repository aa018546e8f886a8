import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import { VisavisError } from '../../shared/VisavisError.js';
import { bytes, doubles, flag, float, floats, integer, integers, map, message, messages, optional, text, texts } from './fields.js';
import { messageType, readProtobuf } from './MessageType.js';

const LEAF = messageType('Leaf', { name: text(1), size: integer(2) });
const TREE = messageType('Tree', {
  name: text(1),
  leaf: message(2, LEAF),
  leaves: messages(3, LEAF),
  dims: integers(4),
  weights: floats(5),
  exact: doubles(6),
  raw: bytes(7),
  on: flag(8),
  ratio: float(9),
  maybe: optional(integer(10)),
  words: texts(11),
  named: map(12, LEAF),
});
const { Varint: V, Bit64: D, LengthDelimited: L, Bit32: F } = WireType;
const read = (content: Uint8Array) => readProtobuf('test', TREE, content);
const leaf = (name: string, size: number) => new BinaryWriter().tag(1, L).string(name).tag(2, V).int64(size).finish();

const whole = () => {
  const named = new BinaryWriter().tag(1, L).string('__proto__').tag(2, L).bytes(leaf('c', 3)).finish();
  const packed = new BinaryWriter().float(0.5).float(-2).finish();
  const writer = new BinaryWriter().tag(1, L).string('Bäume').tag(2, L).bytes(leaf('a', -1)).tag(3, L).bytes(leaf('b', 2));
  writer.tag(4, V).int64(-3).tag(4, L).bytes(new BinaryWriter().int64(7).int64('9223372036854775807').finish());
  writer.tag(5, L).bytes(packed).tag(5, F).float(3).tag(6, D).double(0.1).tag(7, L).bytes(Uint8Array.of(1, 2)).tag(8, V).bool(true);
  writer.tag(9, F).float(0.25).tag(10, V).int64(0).tag(11, L).string('x').tag(11, L).string('y').tag(12, L).bytes(named);
  // Unknown fields of every kind.
  return writer.tag(100, L).string('?').tag(101, V).int64(1).tag(102, F).float(1).tag(103, D).double(1).finish();
};

describe('readProtobuf', () => {
  it('reads every kind of field', () => {
    const { dims, weights, exact, named, ...rest } = read(whole());
    expect(rest).toMatchObject({ name: 'Bäume', leaf: { name: 'a', size: -1 }, leaves: [{ name: 'b', size: 2 }], on: true, ratio: 0.25 });
    expect(rest).toMatchObject({ raw: Uint8Array.of(1, 2), maybe: 0, words: ['x', 'y'] });
    expect([...dims.values]).toEqual([-3, 7, 2 ** 63]);
    expect([...weights.values]).toEqual([0.5, -2, 3]);
    expect([...exact.values]).toEqual([0.1]);
    expect([...named]).toEqual([['__proto__', { name: 'c', size: 3 }]]);
  });

  it('gives an empty message for no bytes', () => {
    expect(read(new Uint8Array(0))).toMatchObject({ name: '', leaf: undefined, leaves: [], maybe: undefined, words: [] });
  });

  const tagged = (number: number, wire: number, ...rest: number[]) => Uint8Array.of((number << 3) | wire, ...rest);
  it.each([
    ['a length beyond the file', tagged(1, 2, 200, 1, 65), 'claims 200 bytes, and only 1 are left'],
    ['a length of 2⁶³', tagged(2, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1), 'claims 18446744073709552000 bytes'],
    ['a length of 2³² + 1', tagged(2, 2, 129, 128, 128, 128, 16, 0), 'claims 4294967297 bytes'],
    ['a number without end', tagged(10, 0, ...Array<number>(12).fill(255)), 'invalid varint'],
    ['a number cut off', tagged(10, 0, 255), 'premature EOF'],
    ['a fraction cut off', tagged(9, 5, 1, 2), 'cannot be read'],
    ['another kind', tagged(1, 0, 1), 'wire type 0 instead of 2'],
    ['a group', tagged(1, 3, 12), 'a group'],
    ['field 0', Uint8Array.of(0), 'illegal tag'],
    ['a skipped field beyond the file', tagged(15, 1, 1), 'cannot be read'],
    ['an error in a message', tagged(2, 2, 2, 10, 9), 'at byte 4 (Leaf)'],
  ])('refuses %s', (_, content, why) => {
    expect(() => read(content)).toThrow(VisavisError);
    expect(() => read(content)).toThrow(why);
  });

  it('refuses more messages than memory can hold', () => {
    const many = new Uint8Array(2 * ((1 << 18) + 1)).map((_, i) => (i % 2 ? 0 : (3 << 3) | 2));
    expect(() => read(many)).toThrow('more than 262144 messages');
  });

  it('reads or refuses whatever is made of a file', () => {
    const content = whole();
    for (let at = 0; at < content.length; at++) {
      for (const value of [0, 1, 127, 128, 255, (content[at] ?? 0) ^ 4]) {
        const changed = content.slice();
        changed[at] = value;
        for (const end of [content.length, at + 1]) {
          try {
            read(changed.subarray(0, end));
          } catch (error) {
            expect(error).toBeInstanceOf(VisavisError);
          }
        }
      }
    }
  });
});
