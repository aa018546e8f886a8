import { assertEmbedding } from './assertEmbedding.js';
import { describe } from './describe.js';
import { PROTECTION_SCHEME, type Protection, type Template } from './Template.js';
import { VisavisError } from './VisavisError.js';

/** Throws `template-invalid` for anything that is not a template of this format. */
export function assertTemplateShape(value: unknown): asserts value is Template {
  const t = value as Partial<Template> | null;
  const wrong =
    typeof t !== 'object' || t === null
      ? `it is ${describe(value)}`
      : t.format !== 'visavis-template'
        ? `its format is ${describe(t.format)}`
        : t.formatVersion !== 1
          ? `its format version is ${describe(t.formatVersion)}, this SDK reads 1`
          : typeof t.model !== 'string' || typeof t.modelVersion !== 'string'
            ? 'it does not name its model'
            : !Number.isInteger(t.pipelineVersion)
              ? 'it has no pipeline version'
              : !Number.isInteger(t.captures) || t.captures! < 1
                ? `it counts ${describe(t.captures)} captures`
                : !(typeof t.consistency === 'number' && t.consistency >= -1 && t.consistency <= 1.001)
                  ? `its consistency is ${describe(t.consistency)}`
                  : typeof t.createdAt !== 'string' || Number.isNaN(Date.parse(t.createdAt))
                    ? `its date is ${describe(t.createdAt)}`
                    : t.protection !== undefined
                      ? faultOfProtection(t.protection)
                      : '';
  if (wrong) throw new VisavisError('template-invalid', `This is not a face template: ${wrong}. Enroll again.`);
  try {
    assertEmbedding(t!.embedding);
  } catch (cause) {
    throw new VisavisError('template-invalid', `This face template is damaged: ${(cause as Error).message}. Enroll again.`, { cause });
  }
}

function faultOfProtection(protection: Partial<Protection> | null): string {
  if (typeof protection !== 'object' || protection === null) return `its protection is ${describe(protection)}`;
  if (protection.scheme !== PROTECTION_SCHEME) return `its protection is of the scheme ${describe(protection.scheme)}`;
  if (typeof protection.keyId !== 'string' || !/^[0-9a-f]{16}$/.test(protection.keyId)) return 'its protection does not name its key';
  return '';
}
