import type { Template } from '../../shared/Template.js';
import { rotate } from './rotate.js';

/**
 * The embedding of a template as the model made it, but for what rounding took; always a new array, for the caller to overwrite. A protected
 * template needs its key: see `assertKey`.
 */
export async function plainEmbedding({ embedding, protection }: Template): Promise<Float32Array> {
  if (!protection) return embedding.slice();
  return rotate(protection.key!, embedding, 'undo', (plain) => Float32Array.from(plain));
}
