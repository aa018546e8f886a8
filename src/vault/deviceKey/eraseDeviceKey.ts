import { throwIfAborted } from '../../shared/abortable.js';
import { assertOptions, type OptionNames } from '../../shared/assertOptions.js';
import type { CallOptions } from '../../shared/options.js';
import { assertStoreName } from '../database/assertStoreName.js';
import { DeviceKeyStore } from './DeviceKeyStore.js';

export interface EraseDeviceKeyOptions extends CallOptions {
  /** As for `createDeviceKey`; default `default`. */
  name?: string;
}

const OPTIONS: OptionNames<EraseDeviceKeyOptions> = { name: true, signal: true };

/**
 * Deletes a device key of this origin without opening it; does nothing where there is none. The way out where it is damaged; an open one has
 * `deviceKey.erase()`. Throws `vault-unavailable` where another tab does not let go of it within 3 seconds (10 where that waits for another
 * deletion), and `aborted`; the browser then deletes it once it can.
 */
export async function eraseDeviceKey(options: EraseDeviceKeyOptions = {}): Promise<void> {
  assertOptions(options, OPTIONS, 'eraseDeviceKey');
  const { name = 'default', signal } = options;
  assertStoreName(name, "the device key's name");
  throwIfAborted(signal);
  await new DeviceKeyStore(name).delete(signal);
}
