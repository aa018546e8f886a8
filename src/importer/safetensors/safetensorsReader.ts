import type { FileReader } from '../FileReader.js';
import { importNamedTensors } from '../named/importNamedTensors.js';
import { readSafetensors } from './readSafetensors.js';

/** safetensors, with the names that PyTorch gives the tensors. */
export const safetensorsReader: FileReader = {
  name: 'safetensors',
  // The header's JSON starts at byte 8.
  matches: ({ name, bytes }) => bytes[8] === 0x7b && (bytes[7] === 0 || name.endsWith('.safetensors')),
  read: ({ bytes }, options) =>
    Promise.resolve().then(() => importNamedTensors(readSafetensors(bytes), { format: 'safetensors', notes: [] }, options)),
};
