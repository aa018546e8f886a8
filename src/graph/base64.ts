const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

// Not atob and btoa: they belong to pages and workers, and this folder is compiled with neither's types.

/** Base64 of a text whose characters are bytes. Throws a RangeError for any other character. */
export function encodeBase64(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at += 3) {
    const bytes = [0, 1, 2].map((i) => (at + i < text.length ? text.charCodeAt(at + i) : 0));
    if (bytes.some((byte) => byte > 255)) throw new RangeError(`"${text}" has characters that are not bytes`);
    const bits = (bytes[0]! << 16) | (bytes[1]! << 8) | bytes[2]!;
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(bits >> shift) & 63]!);
    const used = Math.min(text.length - at, 3) + 1;
    out += digits.slice(0, used).join('').padEnd(4, '=');
  }
  return out;
}

/** The text whose characters are the decoded bytes; null if the input is not base64. Padding may be missing. */
export function decodeBase64(base64: string): string | null {
  const digits = base64.replace(/={1,2}$/, '');
  if (digits.length % 4 === 1) return null;
  let out = '';
  let bits = 0;
  let held = 0;
  for (const digit of digits) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += String.fromCharCode((bits >> held) & 255);
  }
  return out;
}
