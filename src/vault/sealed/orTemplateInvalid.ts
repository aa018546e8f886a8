import { VisavisError } from '../../shared/VisavisError.js';

/** Runs a parser: whatever it throws becomes `template-invalid`. */
export function orTemplateInvalid<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new VisavisError('template-invalid', `${what} is damaged or was altered. Enroll again, or import it again.`, { cause });
  }
}
