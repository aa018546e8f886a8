import type { Template } from '../../shared/Template.js';
import { assertKey } from './assertKey.js';
import { plainEmbedding } from './plainEmbedding.js';
import { importProtectionKey } from './protectionKey.js';
import { protectTemplate } from './protectTemplate.js';
import { handOut, type OpenTemplate } from '../sealed/sealTemplate.js';

/** The template under a new key. Leaves the given one as it is. */
export async function freshProtection(plain: Template): Promise<OpenTemplate> {
  const protectionKey = crypto.getRandomValues(new Uint8Array(32));
  try {
    const { protection, ...rest } = await protectTemplate(plain, await importProtectionKey(protectionKey));
    const { scheme, keyId } = protection!;
    return { template: { ...rest, protection: { scheme, keyId } }, protectionKey };
  } catch (cause) {
    protectionKey.fill(0);
    throw cause;
  }
}

/** The plain template again, but for what rounding took. Throws `template-invalid` for another template's key. */
export async function turnBack(open: OpenTemplate): Promise<Template> {
  const { protection, ...rest } = await handOut(open);
  const template = { ...rest, protection: protection! };
  await assertKey(template);
  return { ...rest, embedding: await plainEmbedding(template) };
}
