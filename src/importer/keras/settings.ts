import { importFailed } from '../importFailed.js';
import { isList, type Json, property } from './Json.js';
import type { LayerCall } from './LayerKind.js';

export type Pair = readonly [number, number];

/** Reads the settings of a layer by the type that they must have. Each throws VisavisError `import-failed` that names layer and setting. */
export function settingsOf({ name, className, config }: Pick<LayerCall, 'name' | 'className' | 'config'>) {
  const fail = (key: string, value: Json | undefined): never => {
    throw importFailed(`The layer ${name} (${className}) has the ${key} ${JSON.stringify(value)?.slice(0, 80)}, which is not read here.`);
  };
  const number = (key: string, otherwise?: number): number => {
    const value = property(config, key) ?? otherwise;
    return typeof value === 'number' && Number.isFinite(value) ? value : fail(key, value);
  };
  /** [down, across], also from one number. */
  const pair = (key: string, least: number, otherwise?: Json): Pair => {
    const value = property(config, key) ?? otherwise;
    const both = typeof value === 'number' ? [value, value] : isList(value) ? value : [];
    const [down, across] = both;
    const isCount = (n: Json | undefined): n is number => typeof n === 'number' && Number.isInteger(n) && n >= least && n <= 65_536;
    return both.length === 2 && isCount(down) && isCount(across) ? [down, across] : fail(key, value);
  };
  return {
    number,
    pair,
    fail,
    flag: (key: string, otherwise: boolean): boolean => {
      const value = property(config, key) ?? otherwise;
      return typeof value === 'boolean' ? value : fail(key, value);
    },
    padding: (): 'SAME' | 'VALID' => {
      const value = property(config, 'padding') ?? 'valid';
      return value === 'same' ? 'SAME' : value === 'valid' ? 'VALID' : fail('padding', value);
    },
    /** Channels come last, or the file is not of TensorFlow's order. */
    channelsLast: (): void => {
      const value = property(config, 'data_format') ?? 'channels_last';
      if (value !== 'channels_last') fail('data_format', value);
    },
    /** The axis, a number or a list of one, is the last. @param rank without the batch */
    lastAxis: (rank: number): void => {
      const value = property(config, 'axis') ?? -1;
      const [only] = isList(value) && value.length === 1 ? value : [value];
      if (only !== -1 && only !== rank) fail('axis', value);
    },
    value: (key: string): Json | undefined => property(config, key),
  };
}
