import { assertEmbedding } from './assertEmbedding.js';
import { describe } from './describe.js';
import { isTypedArray } from './isTypedArray.js';
import { isWellFormed } from './isWellFormed.js';
import { PROTECTION_SCHEME, type Protection, type Template } from './Template.js';
import { VisavisError } from './VisavisError.js';

/** What a template may hold at most. Whatever writes and reads templates keeps to it. */
export const TEMPLATE_LIMITS = {
  /** Of the model's id and version, each, in UTF-8. */
  nameBytes: 512,
  /** Of the embedding. */
  values: 16_384,
  /**
   * Of an embedding that is turned by a key: turning n values takes a rotation of n²/2, here some 30 MB. Versions before 0.5 protected larger ones,
   * which are still read.
   */
  protectedValues: 2048,
} as const;

/** ISO 8601, as `Date.prototype.toISOString` writes it, or coarser. */
const DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

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

/** What is wrong, apart from the embedding's values, in words; '' if nothing is. */
function faultOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `it is ${describe(value)}`;
  const t = value as Partial<Template>;
  if (t.format !== 'visavis-template') return `its format is ${describe(t.format)}`;
  if (t.formatVersion !== 1) return `its format version is ${describe(t.formatVersion)}, but this SDK reads version 1`;
  if (!isName(t.model) || !isName(t.modelVersion)) return 'it does not name its model';
  if (!(Number.isInteger(t.pipelineVersion) && t.pipelineVersion! >= 0 && t.pipelineVersion! < 2 ** 32))
    return 'it has no pipeline version';
  if (!Number.isInteger(t.captures) || t.captures! < 1) return `it counts ${describe(t.captures)} captures`;
  if (!(typeof t.consistency === 'number' && t.consistency >= -1 && t.consistency <= 1.001)) {
    return `its consistency is ${describe(t.consistency)}`;
  }
  if (typeof t.createdAt !== 'string' || !DATE.test(t.createdAt) || Number.isNaN(Date.parse(t.createdAt))) {
    return `its date is ${describe(t.createdAt)}`;
  }
  if (isTypedArray(t.embedding, 'Float32Array') && t.embedding.length > TEMPLATE_LIMITS.values) {
    return `its embedding has ${t.embedding.length} values, more than ${TEMPLATE_LIMITS.values}`;
  }
  return t.protection === undefined ? '' : faultOfProtection(t.protection);
}

function isName(name: unknown): boolean {
  if (typeof name !== 'string' || name === '' || !isWellFormed(name)) return false;
  return new TextEncoder().encode(name).length <= TEMPLATE_LIMITS.nameBytes;
}

function faultOfProtection(protection: Partial<Protection> | null): string {
  if (typeof protection !== 'object' || protection === null) return `its protection is ${describe(protection)}`;
  if (protection.scheme !== PROTECTION_SCHEME) return `its protection is of the scheme ${describe(protection.scheme)}`;
  if (typeof protection.keyId !== 'string' || !/^[0-9a-f]{16}$/.test(protection.keyId)) return 'its protection does not name its key';
  return '';
}
