import type { FileReader } from './FileReader.js';
import { kerasArchiveReader } from './keras/kerasArchiveReader.js';
import { kerasHdf5Reader } from './keras/kerasHdf5Reader.js';
import { onnxReader } from './onnx/onnxReader.js';
import { pytorchReader } from './pytorch/pytorchReader.js';
import { safetensorsReader } from './safetensors/safetensorsReader.js';
import { tensorflowReader } from './tensorflow/tensorflowReader.js';
import { tfliteReader } from './tflite/tfliteReader.js';

/** Every kind of file that can be imported; the first that matches reads: Keras' archives before PyTorch's, since both are zip. */
export const READERS: readonly FileReader[] = [
  kerasHdf5Reader,
  kerasArchiveReader,
  pytorchReader,
  safetensorsReader,
  onnxReader,
  tensorflowReader,
  tfliteReader,
];
