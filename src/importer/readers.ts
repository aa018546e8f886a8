import type { FileReader } from './FileReader.js';
import { onnxReader } from './onnx/onnxReader.js';
import { pytorchReader } from './pytorch/pytorchReader.js';
import { safetensorsReader } from './safetensors/safetensorsReader.js';
import { tensorflowReader } from './tensorflow/tensorflowReader.js';

/** Every kind of file that can be imported; the first that matches reads. */
export const READERS: readonly FileReader[] = [pytorchReader, safetensorsReader, onnxReader, tensorflowReader];
