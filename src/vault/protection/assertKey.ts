import { TEMPLATE_LIMITS } from '../../shared/assertTemplateShape.js';
import type { Template } from '../../shared/Template.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { keyIdOf } from './protectionKey.js';

/** Throws `template-invalid` for a protected template that came without its key, or is too large to turn: no face can be compared with it. */
export function assertHasKey({ embedding, protection }: Template): void {
  if (!protection) return;
  if (!protection.key) throw withoutKey('without its key');
  const { length } = embedding;
  const most = TEMPLATE_LIMITS.protectedValues;
  if (length <= most) return;
  throw new VisavisError(
    'template-invalid',
    `This face template is protected and has ${length} values, more than the ${most} that can be compared. Enroll again, without protection.`,
  );
}

/** The same, also for one that came with another's. */
export async function assertKey(template: Template): Promise<void> {
  assertHasKey(template);
  const { protection } = template;
  if (protection && (await keyIdOf(protection.key!)) !== protection.keyId) throw withoutKey('with another key');
}

function withoutKey(how: string): VisavisError {
  const advice = 'read it from the vault that keeps both, or enroll again.';
  return new VisavisError('template-invalid', `This face template is protected and came ${how}: ${advice}`);
}
