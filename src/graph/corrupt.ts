import { VisavisError } from '../shared/VisavisError.js';

/** The error for a model file with bad contents. @param what half a sentence that names the node or the weight */
export function corrupt(what: string): VisavisError {
  return new VisavisError('model-corrupt', `The graph model cannot be read: ${what}.`);
}
