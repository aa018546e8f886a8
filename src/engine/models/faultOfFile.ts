import type { ManifestFile } from '../../shared/Manifest.js';

/** What is wrong with bytes that should be this file: their length or their SHA-256, in words; empty where nothing is. */
export async function faultOfFile(bytes: ArrayBuffer, file: ManifestFile): Promise<string> {
  // Reading stops there.
  if (bytes.byteLength > file.bytes) return `it has more than ${file.bytes} bytes`;
  if (bytes.byteLength < file.bytes) return `it has ${bytes.byteLength} bytes instead of ${file.bytes}`;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
  return hex === file.sha256 ? '' : `its SHA-256 is ${hex.slice(0, 12)}… instead of ${file.sha256.slice(0, 12)}…`;
}
