import { VisavisError } from '../../shared/VisavisError.js';

/** The database is under another key than the caller's: whatever was to be read or written was not. */
export class LockChanged extends VisavisError {
  constructor() {
    super('vault-locked', 'The vault’s lock was changed in another tab. Open the vault again.');
  }
}
