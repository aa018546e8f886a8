import { assertEmbedding } from './assertEmbedding.js';
import { describe } from './describe.js';
import { PROTECTION_SCHEME, type Protection, type Template } from './Template.js';
import { VisavisError } from './VisavisError.js';

/** Throws `template-invalid` for anything that is not a template of this format. */
export function assertTemplateShape(value: unknown): asserts value is Template {
  const wrong = faultOf(value);
  if (wrong) throw new VisavisError('template-invalid', `This is not a face template: ${wrong}. Enroll again.`);
  try {
    assertEmbedding((value as Template).embedding);
  } catch (cause) {
    throw new VisavisError('template-invalid', `This face template is damaged: ${(cause as Error).message}. Enroll again.`, { cause });
  }
}

/** What is wrong, apart from the embedding, in words; '' if nothing is. */
function faultOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `it is ${describe(value)}`;
  const t = value as Partial<Template>;
  if (t.format !== 'visavis-template') return `its format is ${describe(t.format)}`;
  if (t.formatVersion !== 1) return `its format version is ${describe(t.formatVersion)}, but this SDK reads version 1`;
  if (typeof t.model !== 'string' || typeof t.modelVersion !== 'string') return 'it does not name its model';
  if (!Number.isInteger(t.pipelineVersion)) return 'it has no pipeline version';
  if (!Number.isInteger(t.captures) || t.captures! < 1) return `it counts ${describe(t.captures)} captures`;
  if (!(typeof t.consistency === 'number' && t.consistency >= -1 && t.consistency <= 1.001)) {
    return `its consistency is ${describe(t.consistency)}`;
  }
  if (typeof t.createdAt !== 'string' || Number.isNaN(Date.parse(t.createdAt))) return `its date is ${describe(t.createdAt)}`;
  return t.protection === undefined ? '' : faultOfProtection(t.protection);
}

function faultOfProtection(protection: Partial<Protection> | null): string {
  if (typeof protection !== 'object' || protection === null) return `its protection is ${describe(protection)}`;
  if (protection.scheme !== PROTECTION_SCHEME) return `its protection is of the scheme ${describe(protection.scheme)}`;
  if (typeof protection.keyId !== 'string' || !/^[0-9a-f]{16}$/.test(protection.keyId)) return 'its protection does not name its key';
  return '';
}
