import { importFailed } from '../importFailed.js';
import { readPickle } from '../pickle/readPickle.js';
import type { PickleValue } from '../pickle/PickleValue.js';
import { findStateDict } from './findStateDict.js';
import type { TorchFile } from './readTorchZip.js';
import { torchHost } from './torchHost.js';

/** 0x1950a86a20f9469cfc6c as a pickle of protocol 2. */
const MAGIC = Uint8Array.of(0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e);

export function isTorchLegacy(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * PyTorch's format before 1.6: five pickles (a magic number, the version, facts of the machine, the value, the keys of its storages), then
 * for each storage how many numbers it has (8 bytes) and their bytes.
 */
export function readTorchLegacy(bytes: Uint8Array): TorchFile {
  const widths = new Map<string, number>();
  let at = MAGIC.length;
  const next = (name: string): PickleValue => {
    const { value, end } = readPickle(
      bytes,
      at,
      name,
      torchHost({ script: false, onStorage: ({ key, bytesEach }) => widths.set(key, bytesEach) }),
    );
    at = end;
    return value;
  };
  if (next('of the version') !== 1001) throw importFailed('The file has a version of PyTorch’s old format that is not known here.');
  const machine = next('of the machine');
  if (machine instanceof Map && machine.get('little_endian') === false)
    throw importFailed('The file was written on a big-endian machine. Save it on another.');
  const root = next('of the value');
  const keys = next('of the storages');
  if (!Array.isArray(keys)) throw importFailed('The list of storages is not there: the file is cut off or damaged.');
  const blocks = new Map<string, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [i, key] of keys.entries()) {
    const bytesEach = typeof key === 'string' ? widths.get(key) : undefined;
    if (typeof key !== 'string' || bytesEach === undefined)
      throw importFailed(`Storage ${i} of ${keys.length} is not one that the file uses.`);
    const cutOff = () =>
      importFailed(`The file is cut off: storage ${i} of ${keys.length} (${key}) should start at byte ${at} of ${bytes.length}.`);
    if (at + 8 > bytes.length) throw cutOff();
    const size = Number(view.getBigInt64(at, true)) * bytesEach;
    at += 8;
    if (size < 0 || at + size > bytes.length)
      throw importFailed(
        `The file is cut off: storage ${i} of ${keys.length} (${key}) has ${size} bytes at byte ${at}, and the file has ${bytes.length}.`,
      );
    blocks.set(key, bytes.subarray(at, at + size));
    at += size;
  }
  return { ...findStateDict(root), format: 'PyTorch (before 1.6)', storages: (key) => blocks.get(key) };
}
