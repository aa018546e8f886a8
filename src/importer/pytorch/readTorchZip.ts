import { importFailed } from '../importFailed.js';
import { readPickle } from '../pickle/readPickle.js';
import { readZip, type ZipEntry } from '../zip/readZip.js';
import type { Storages } from './decodeTensor.js';
import { findStateDict, type StateDict } from './findStateDict.js';
import { torchHost } from './torchHost.js';

/** What a PyTorch file holds, whichever way it was written. */
export interface TorchFile extends StateDict {
  readonly format: string;
  readonly storages: Storages;
}

/** The entry `ROOT/data.pkl` of a PyTorch archive, whose root has the file's name when it was written. */
export function findPickle(entries: ReadonlyMap<string, ZipEntry>): string | undefined {
  return [...entries.keys()].find((name) => /^[^/]*\/data\.pkl$/.test(name));
}

/** PyTorch's format since 1.6: an archive of a pickle and of one entry for each storage; TorchScript's is the same, with code. */
export function readTorchZip(bytes: Uint8Array): TorchFile {
  const entries = readZip(bytes);
  const pickle = findPickle(entries);
  if (pickle === undefined) throw importFailed('The archive has no data.pkl: it is not one of PyTorch.');
  const root = pickle.slice(0, -'data.pkl'.length);
  const order = entries.get(`${root}byteorder`)?.bytes();
  if (order && new TextDecoder().decode(order).trim() !== 'little')
    throw importFailed('The file was written on a big-endian machine. Save it on another.');
  const script = entries.has(`${root}constants.pkl`);
  const { value } = readPickle(entries.get(pickle)!.bytes(), 0, pickle, torchHost({ script }));
  return {
    ...findStateDict(value),
    format: script ? 'TorchScript (weights)' : 'PyTorch',
    storages: (key) => entries.get(`${root}data/${key}`)?.bytes(),
  };
}
