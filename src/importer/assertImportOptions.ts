import { describe } from '../shared/describe.js';
import type { ImportOptions, Normalization, Crop } from './ImportOptions.js';
import { MAX_INPUT_SIZE } from './limits.js';

/** A folder's name, and nothing else. */
const PLAIN_ID = /^[a-z0-9][\w.-]*$/i;
const NAMES: readonly string[] = [
  ...['id', 'architecture', 'inputSize', 'normalize', 'channels', 'crop', 'quantize', 'license', 'licenseText', 'onProgress', 'signal'],
];

/** Throws a TypeError or RangeError for options that are none. */
export function assertImportOptions(options: ImportOptions): void {
  const fault = (wanted: string, got: unknown) => new TypeError(`expected ${wanted}, got ${describe(got)}`);
  if (typeof options !== 'object' || options === null) throw fault('options of importModel', options);
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new TypeError(`expected one of the options ${NAMES.join(', ')}, got ${unknown}`);
  const { id, architecture, inputSize, normalize, channels, crop, quantize, license, licenseText, onProgress, signal } = options;
  if (typeof id !== 'string' || !PLAIN_ID.test(id)) throw fault('id to be the name of a folder (letters, digits, . _ -)', id);
  for (const [name, text] of Object.entries({ architecture, license, licenseText })) {
    if (text !== undefined && (typeof text !== 'string' || text === '')) throw fault(`${name} to be a text`, text);
  }
  if (inputSize !== undefined && !(Number.isInteger(inputSize) && inputSize >= 16 && inputSize <= MAX_INPUT_SIZE)) {
    throw new RangeError(`expected inputSize to be a number of pixels from 16 to ${MAX_INPUT_SIZE}, got ${describe(inputSize)}`);
  }
  if (normalize !== undefined && !isNormalization(normalize)) throw fault("normalize to be { mean, scale } or 'per-image'", normalize);
  if (channels !== undefined && !['rgb', 'bgr'].includes(channels)) throw fault("channels to be 'rgb' or 'bgr'", channels);
  if (crop !== undefined && !isCrop(crop)) throw fault("crop to be 'aligned' or { boxMargin } with a number of pixels", crop);
  if (quantize !== undefined && !['mixed8', 'float16', 'none'].includes(quantize)) {
    throw fault("quantize to be 'mixed8', 'float16' or 'none'", quantize);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') throw fault('onProgress to be a function', onProgress);
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw fault('signal to be an AbortSignal', signal);
}

function isNormalization(value: Normalization): boolean {
  if (value === 'per-image') return true;
  const { mean, scale } = value ?? {};
  return typeof value === 'object' && Number.isFinite(mean) && Number.isFinite(scale) && scale > 0;
}

function isCrop(value: Crop): boolean {
  if (value === 'aligned') return true;
  return typeof value === 'object' && Number.isInteger(value?.boxMargin) && value.boxMargin >= 0 && value.boxMargin <= MAX_INPUT_SIZE / 2;
}
