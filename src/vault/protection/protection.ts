import type { Template } from '../../shared/Template.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { importProtectionKey, keyIdOf } from './protectionKey.js';
import { protectTemplate } from './protectTemplate.js';
import { rotate } from './rotate.js';
import type { OpenTemplate } from '../sealed/sealTemplate.js';

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
export async function turnBack({ template, protectionKey }: OpenTemplate): Promise<Template> {
  const { protection, ...rest } = template;
  const key = await importProtectionKey(protectionKey!);
  if ((await keyIdOf(key)) !== protection!.keyId) {
    throw new VisavisError('template-invalid', 'This protected template belongs to another key. Enroll again.');
  }
  return { ...rest, embedding: await rotate(key, template.embedding, 'undo', (plain) => Float32Array.from(plain)) };
}
