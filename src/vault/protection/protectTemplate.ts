import { assertTemplateShape, TEMPLATE_LIMITS } from '../../shared/assertTemplateShape.js';
import { describe } from '../../shared/describe.js';
import { PROTECTION_SCHEME, type Template } from '../../shared/Template.js';
import { keyIdOf } from './protectionKey.js';
import { rotate } from './rotate.js';
import { roundToInt8 } from './roundToInt8.js';

/**
 * The template with its embedding rotated by a rotation derived from the key, and rounded to 255 levels. Rotations preserve distances, so
 * `verify` can compare rotated embeddings and the plain one is no longer needed. If the template leaks, one made with another key replaces
 * it, and templates made with different keys cannot be linked. All this holds only while template and key are kept apart: ANYONE WHO HAS
 * BOTH CAN ROTATE IT BACK.
 *
 * The template passed in is read at once and not changed: overwrite its `embedding` when you no longer need it. Throws `template-invalid`, a TypeError for a
 * template that is protected already, and a RangeError for one of more than 2,048 values: a rotation grows with their square.
 */
export async function protectTemplate(template: Template, key: CryptoKey): Promise<Template> {
  assertTemplateShape(template);
  if (template.protection)
    throw new TypeError(`expected a template that is not protected, got one under ${describe(template.protection.keyId)}`);
  const { embedding: plain, ...rest } = template;
  const { length } = plain;
  if (length > TEMPLATE_LIMITS.protectedValues)
    throw new RangeError(`expected a template of at most ${TEMPLATE_LIMITS.protectedValues} values to protect, got one of ${length}`);
  const embedding = await rotate(key, plain, 'apply', roundToInt8);
  return { ...rest, embedding, protection: { scheme: PROTECTION_SCHEME, keyId: await keyIdOf(key), key } };
}
