import type { ImportOptions } from 'visavis/importer';
import { UsageError } from '../UsageError.js';

/** The values of the command line, as they were written. */
export type ImportFlags = Partial<
  Record<'id' | 'architecture' | 'input-size' | 'normalize' | 'channels' | 'crop' | 'quantize' | 'license' | 'out', string>
>;

/** The options of an import, from the command line. Throws a UsageError that names the flag. */
export function optionsOf(flags: ImportFlags): Omit<ImportOptions, 'licenseText' | 'onProgress' | 'signal'> {
  const { id, architecture, normalize, channels, crop, quantize } = flags;
  const size = flags['input-size'];
  if (id === undefined) throw new UsageError('import: expected --id NAME, the name of the model; --help explains');
  if (!/^[a-z0-9][\w.-]*$/i.test(id)) throw new UsageError(`--id: expected letters, digits, . _ and -, got ${id}`);
  return {
    id,
    ...(architecture !== undefined && { architecture }),
    ...(size !== undefined && { inputSize: wholeNumber('--input-size', size) }),
    ...(normalize !== undefined && { normalize: normalizationOf(normalize) }),
    ...(channels !== undefined && { channels: oneOf('--channels', channels, ['rgb', 'bgr'] as const) }),
    ...(crop !== undefined && { crop: cropOf(crop) }),
    ...(quantize !== undefined && { quantize: oneOf('--quantize', quantize, ['mixed8', 'float16', 'none'] as const) }),
  };
}

function oneOf<T extends string>(flag: string, value: string, names: readonly T[]): T {
  const found = names.find((name) => name === value);
  if (found === undefined) throw new UsageError(`${flag}: expected ${names.join(', ')}, got ${value}`);
  return found;
}

function wholeNumber(flag: string, value: string): number {
  if (!/^\d{1,5}$/.test(value)) throw new UsageError(`${flag}: expected a number of pixels, got ${value}`);
  return Number(value);
}

function normalizationOf(value: string): NonNullable<ImportOptions['normalize']> {
  if (value === 'per-image') return value;
  const numbers = value.split(',').map(Number);
  const [mean, scale] = numbers;
  if (numbers.length !== 2 || !Number.isFinite(mean) || !(scale > 0)) {
    throw new UsageError(`--normalize: expected MEAN,SCALE or per-image, got ${value}`);
  }
  return { mean, scale };
}

function cropOf(value: string): NonNullable<ImportOptions['crop']> {
  if (value === 'aligned') return value;
  const [, margin] = /^box(?:\+(\d{1,4}))?$/.exec(value) ?? [];
  if (!value.startsWith('box') || (value !== 'box' && margin === undefined)) {
    throw new UsageError(`--crop: expected aligned or box+MARGIN, got ${value}`);
  }
  return { boxMargin: Number(margin ?? 0) };
}
