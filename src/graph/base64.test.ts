import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.js';

describe('base64', () => {
  it('is what the platform makes of bytes, and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const text = String.fromCharCode(...bytes);
        const encoded = encodeBase64(text);
        expect(encoded).toBe(btoa(text));
        expect(decodeBase64(encoded)).toBe(text);
        expect(decodeBase64(encoded.replaceAll('=', ''))).toBe(text);
      }),
    );
  });

  it('refuses what is none', () => {
    expect(['A', 'AA=A', 'U0FN*Q==', '====='].map(decodeBase64)).toEqual([null, null, null, null]);
    expect(() => encodeBase64('→')).toThrow(RangeError);
  });
});
