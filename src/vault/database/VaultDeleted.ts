import { VisavisError } from '../../shared/VisavisError.js';

/** The database is gone, or another vault has taken its place. */
export class VaultDeleted extends VisavisError {
  constructor() {
    super(
      'vault-unavailable',
      'The vault was deleted while it was open, in another tab or with this site’s data, and its templates with it. Call openVault again, then enroll again.',
    );
  }
}
