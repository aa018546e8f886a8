import { rotationOf } from './protectionKey.js';
import type { Rotation } from './randomRotation.js';

/**
 * What `use` makes of an embedding that a key's rotation turns, or with `undo` turns back. The embedding is read at once. All else that was made of
 * it is overwritten.
 */
export async function rotate<T>(key: CryptoKey, values: Float32Array, way: 'apply' | 'undo', use: (turned: Float64Array) => T): Promise<T> {
  const own = Float32Array.from(values);
  let rotation: Rotation | undefined;
  let turned: Float64Array | undefined;
  try {
    rotation = await rotationOf(key, own.length);
    turned = rotation[way](own);
    return use(turned);
  } finally {
    own.fill(0);
    turned?.fill(0);
    rotation?.wipe();
  }
}
