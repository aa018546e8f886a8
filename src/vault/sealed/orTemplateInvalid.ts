import { VisavisError } from '../../shared/VisavisError.js';

/** Runs a parser: whatever it throws becomes `template-invalid`. @param advice what helps, a sentence */
export function orTemplateInvalid<T>(what: string, parse: () => T, advice = 'Enroll again, or import it again.'): T {
  try {
    return parse();
  } catch (cause) {
    throw new VisavisError('template-invalid', `${what} is damaged or was altered. ${advice}`, { cause });
  }
}
