import { assertTemplateShape } from '../shared/assertTemplateShape.js';
import { describe } from '../shared/describe.js';
import { PROTECTION_SCHEME, type Template } from '../shared/Template.js';
import { keyIdOf, rotationOf } from './protectionKey.js';
import { roundToInt8 } from './roundToInt8.js';

/**
 * The template with its embedding turned by a rotation drawn from the key, and rounded to 255 levels. Distances stay what they were, so
 * that `verify` compares in the turned space; the plain embedding is not needed any more. A leaked template is replaced by one under
 * another key, and templates under different keys cannot be linked. All that holds while template and key are apart: WHOEVER HAS BOTH TURNS
 * IT BACK.
 *
 * The given template is left as it is: overwrite its `embedding` when you do not need it. Throws `template-invalid`, and a TypeError for a
 * template that is protected already.
 */
export async function protectTemplate(template: Template, key: CryptoKey): Promise<Template> {
  assertTemplateShape(template);
  if (template.protection)
    throw new TypeError(`expected a template that is not protected, got one under ${describe(template.protection.keyId)}`);
  const rotation = await rotationOf(key, template.embedding.length);
  try {
    const turned = rotation.apply(template.embedding);
    const protection = { scheme: PROTECTION_SCHEME, keyId: await keyIdOf(key), key } as const;
    const embedding = roundToInt8(turned);
    turned.fill(0);
    return { ...template, embedding, protection };
  } finally {
    rotation.wipe();
  }
}
