import type { Template } from '../../shared/Template.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { keyIdOf } from './protectionKey.js';
import { rotate } from './rotate.js';

/**
 * An embedding in the space of a template: as it is for a plain one, turned by the template's key for a protected one. Always a new array.
 * Throws `template-invalid` for a protected template that came without its key, or with another's.
 */
export async function turnProbe(embedding: Float32Array, { protection }: Template): Promise<Float32Array> {
  if (!protection) return embedding.slice();
  const { key, keyId } = protection;
  if (!key || (await keyIdOf(key)) !== keyId) {
    throw new VisavisError(
      'template-invalid',
      `This face template is protected and came ${key ? 'with another key' : 'without its key'}: read it from the vault that keeps both, or enroll again.`,
    );
  }
  return rotate(key, embedding, 'apply', (turned) => Float32Array.from(turned));
}
