import type { FileReader } from '../FileReader.js';
import type { ModelFile } from '../ModelFile.js';
import { parseModel } from './parseModel.js';
import { translate } from './translate.js';

/** Tags of fields 2 to 8, of which one follows the version: names of the producer, the graph, the operators. */
const AFTER_VERSION = [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42];

/** Networks in ONNX, as PyTorch, MXNet, PaddlePaddle and TensorFlow export them. */
export const onnxReader: FileReader = {
  name: 'ONNX',
  matches({ name, bytes }: ModelFile): boolean {
    // A message that begins with the version, a small number; the oldest that is read is 3, and a SavedModel of TensorFlow begins with 1.
    return /\.onnx$/i.test(name) || (bytes[0] === 0x08 && bytes[1]! >= 3 && bytes[1]! < 0x20 && AFTER_VERSION.includes(bytes[2]!));
  },
  // eslint-disable-next-line @typescript-eslint/require-await -- the whole file is here; other formats have to wait for a library
  async read({ bytes }, options) {
    return translate(parseModel(bytes), options);
  },
};
