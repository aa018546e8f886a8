import { describe, expect, it } from 'vitest';
import { readZip } from './readZip.js';

describe('readZip', () => {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  it('finds entries whose local headers say size 0, with a comment at the end', () => {
    const entries = readZip(
      archive(
        [
          ['a/data.pkl', 'hello'],
          ['a/data/0', ''],
        ],
        { comment: 'PK or not' },
      ),
    );
    expect([...entries.keys()]).toEqual(['a/data.pkl', 'a/data/0']);
    expect(text(entries.get('a/data.pkl')!.bytes())).toBe('hello');
    expect(entries.get('a/data/0')!.bytes()).toHaveLength(0);
  });

  it('reads zip64: sizes, places and the end record', () => {
    const entries = readZip(
      archive(
        [
          ['__proto__', 'one'],
          ['b', 'two'],
        ],
        { wide: true },
      ),
    );
    expect(text(entries.get('__proto__')!.bytes())).toBe('one');
    expect(text(entries.get('b')!.bytes())).toBe('two');
  });

  it.each([
    ['compressed', { method: 8 }, /entry b of the archive is compressed/],
    ['encrypted', { flags: 1 }, /entry b of the archive is encrypted/],
    ['of another size than it is stored in', { size: 9 }, /b is stored, yet has the sizes 3 and 9/],
    ['past the data', { size: 1e6, packed: 1e6 }, /b reaches past the archive's data/],
    ['nowhere', { place: 1 }, /header of b is not at byte 1/],
  ] as const)('refuses to give an entry that is %s', (_what, lie, message) => {
    const entries = readZip(
      archive(
        [
          ['a', 'one'],
          ['b', 'two'],
        ],
        { lie },
      ),
    );
    expect(text(entries.get('a')!.bytes())).toBe('one');
    expect(() => entries.get('b')!.bytes()).toThrow(message);
  });

  it('refuses two entries of one name, and whatever is cut off', () => {
    expect(() =>
      readZip(
        archive(
          [
            ['a', 'one'],
            ['a', 'two'],
          ],
          {},
        ),
      ),
    ).toThrow(/two entries a/);
    const whole = archive(
      [
        ['a', 'one'],
        ['b', 'two'],
      ],
      { wide: true },
    );
    for (let length = 0; length < whole.length; length++) {
      expect(() => readZip(whole.subarray(0, length))).toThrow(expect.objectContaining({ code: 'import-failed' }) as Error);
    }
  });

  it('answers every changed byte with entries or with an error that says so', () => {
    const whole = archive(
      [
        ['a', 'one'],
        ['b', 'two'],
      ],
      { wide: true },
    );
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const changed = whole.slice();
        changed[at] = value;
        try {
          for (const entry of readZip(changed).values()) entry.bytes();
        } catch (error) {
          expect(error).toMatchObject({ code: 'import-failed' });
        }
      }
    }
  });
});

interface Options {
  comment?: string;
  wide?: boolean;
  /** What the directory says of the last entry. */
  lie?: { method?: number; flags?: number; size?: number; packed?: number; place?: number };
}

/** An archive of stored entries as PyTorch writes it: the local headers say that everything follows later. */
function archive(files: readonly (readonly [string, string])[], { comment = '', wide = false, lie = {} }: Options): Uint8Array {
  const out: number[] = [];
  const [u16, u32] = [(n: number) => [n & 255, n >> 8], (n: number) => [n & 255, (n >> 8) & 255, (n >> 16) & 255, n >>> 24]];
  const u64 = (n: number) => [...u32(n), 0, 0, 0, 0];
  const bytes = (text: string) => [...new TextEncoder().encode(text)];
  const directory: number[] = [];
  for (const [i, [name, text]] of files.entries()) {
    const { method = 0, flags = 8, size = text.length, packed = text.length, place = out.length } = i === files.length - 1 ? lie : {};
    const extra = wide ? [...u16(1), ...u16(24), ...u64(size), ...u64(packed), ...u64(place)] : [];
    const narrow = (n: number) => (wide ? [255, 255, 255, 255] : u32(n));
    directory.push(...u32(0x02014b50), 0, 0, 0, 0, ...u16(flags), ...u16(method), ...u32(0), ...u32(0), ...narrow(packed), ...narrow(size));
    directory.push(
      ...u16(name.length),
      ...u16(extra.length),
      ...u16(0),
      ...u16(0),
      ...u16(0),
      ...u32(0),
      ...narrow(place),
      ...bytes(name),
      ...extra,
    );
    out.push(...u32(0x04034b50), 0, 0, ...u16(8), 0, 0, ...u32(0), ...u32(0), ...u32(0), ...u32(0), ...u16(name.length), ...u16(3));
    out.push(...bytes(name), 1, 2, 3, ...bytes(text));
  }
  const start = out.length;
  out.push(...directory);
  const end = out.length;
  const count = files.length;
  if (wide) {
    out.push(...u32(0x06064b50), ...u64(44), ...u16(45), ...u16(45), ...u32(0), ...u32(0), ...u64(count), ...u64(count));
    out.push(...u64(directory.length), ...u64(start), ...u32(0x07064b50), ...u32(0), ...u64(end), ...u32(1));
  }
  const [n, length, at] = wide ? [0xffff, -1, -1] : [count, directory.length, start];
  out.push(...u32(0x06054b50), 0, 0, 0, 0, ...u16(n), ...u16(n), ...u32(length), ...u32(at), ...u16(comment.length), ...bytes(comment));
  return Uint8Array.from(out);
}
