import type { FileReader } from './FileReader.js';
import { onnxReader } from './onnx/onnxReader.js';
import { tensorflowReader } from './tensorflow/tensorflowReader.js';

/** Every kind of file that can be imported; the first that matches reads. */
export const READERS: readonly FileReader[] = [onnxReader, tensorflowReader];
