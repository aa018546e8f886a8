import { describe } from '../shared/describe.js';
import { assertReadOptions } from './assertReadOptions.js';
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
  assertReadOptions(options, 'importModel', NAMES);
  const { id, normalize, channels, crop, quantize, license, licenseText, onProgress } = options;
  if (typeof id !== 'string' || !PLAIN_ID.test(id)) throw fault('id to be the name of a folder (letters, digits, . _ -)', id);
  for (const [name, text] of Object.entries({ license, licenseText })) {
    if (text !== undefined && (typeof text !== 'string' || text === '')) throw fault(`${name} to be a text`, text);
  }
  if (normalize !== undefined && !isNormalization(normalize)) throw fault("normalize to be { mean, scale } or 'per-image'", normalize);
  if (channels !== undefined && !['rgb', 'bgr'].includes(channels)) throw fault("channels to be 'rgb' or 'bgr'", channels);
  if (crop !== undefined && !isCrop(crop)) throw fault("crop to be 'aligned' or { boxMargin } with a number of pixels", crop);
  if (quantize !== undefined && !['mixed8', 'float16', 'none'].includes(quantize)) {
    throw fault("quantize to be 'mixed8', 'float16' or 'none'", quantize);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') throw fault('onProgress to be a function', onProgress);
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
