import type { FileReader } from '../FileReader.js';
import { importFailed } from '../importFailed.js';
import type { ModelFile } from '../ModelFile.js';
import { importNamedTensors } from '../named/importNamedTensors.js';
import { readZip } from '../zip/readZip.js';
import { decodeTensors } from './decodeTensors.js';
import { isTorchLegacy, readTorchLegacy } from './readTorchLegacy.js';
import { findPickle, readTorchZip } from './readTorchZip.js';

const ENDING = /\.(pt|pth|pkl|ckpt|bin|tar)$/i;

/** PyTorch: state_dicts and checkpoints (zip and the format before 1.6), and the weights of TorchScript archives. */
export const pytorchReader: FileReader = {
  name: 'PyTorch',
  matches: (file) => isTorchLegacy(file.bytes) || isTorchZip(file) || isPickle(file),
  read({ bytes }, options) {
    return Promise.resolve().then(() => {
      const file = isTorchLegacy(bytes) ? readTorchLegacy(bytes) : isZip(bytes) ? readTorchZip(bytes) : undefined;
      if (!file) throw importFailed('The file is a bare pickle, not a file of torch.save. Save model.state_dict() with torch.save.');
      const { format, notes } = file;
      return importNamedTensors(decodeTensors(file, bytes.length), { format, notes }, options);
    });
  },
};

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** One with a `data.pkl`; where the archive's end is cut off, the file's name must do. */
function isTorchZip({ name, bytes }: ModelFile): boolean {
  if (!isZip(bytes)) return false;
  try {
    return findPickle(readZip(bytes)) !== undefined;
  } catch {
    return ENDING.test(name);
  }
}

/** A pickle of protocols 2 to 5 that is none of PyTorch's, by the file's name too. */
function isPickle({ name, bytes }: ModelFile): boolean {
  return bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5 && ENDING.test(name);
}
