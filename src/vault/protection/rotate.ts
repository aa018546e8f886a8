import { rotationOf } from './protectionKey.js';

/** What `use` makes of an embedding that a key's rotation turns, or with `undo` turns back. All else that was made of it is overwritten. */
export async function rotate<T>(key: CryptoKey, values: Float32Array, way: 'apply' | 'undo', use: (turned: Float64Array) => T): Promise<T> {
  const rotation = await rotationOf(key, values.length);
  try {
    const turned = rotation[way](values);
    try {
      return use(turned);
    } finally {
      turned.fill(0);
    }
  } finally {
    rotation.wipe();
  }
}
