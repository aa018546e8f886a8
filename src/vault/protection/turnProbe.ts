import type { Template } from '../../shared/Template.js';
import { assertKey } from './assertKey.js';
import { rotate } from './rotate.js';

/**
 * An embedding in the space of a template: as it is for a plain one, turned by the template's key for a protected one. Always a new array.
 * Throws `template-invalid` for a protected template that came without its key, or with another's.
 */
export async function turnProbe(embedding: Float32Array, template: Template): Promise<Float32Array> {
  const probe = Float32Array.from(embedding);
  const { protection } = template;
  if (!protection) return probe;
  try {
    await assertKey(template);
    return await rotate(protection.key!, probe, 'apply', (turned) => Float32Array.from(turned));
  } finally {
    probe.fill(0);
  }
}
