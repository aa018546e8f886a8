import { base64url } from '../sealed/base64url.js';

/**
 * Tells the person's passkey manager that a passkey is of no use any more, so that it is not offered again: WebAuthn Level 3, section
 * 5.1.10, `signalUnknownCredential`. Returns whether the browser can pass that on; where it cannot, the person has to delete the passkey.
 * Never throws.
 */
export function retirePasskey(credentialId: Uint8Array<ArrayBuffer>): boolean {
  try {
    const signal = (PublicKeyCredential as Partial<typeof PublicKeyCredential>).signalUnknownCredential;
    if (typeof signal !== 'function') return false;
    // The answer says nothing about the outcome (that would reveal which passkeys exist), so nobody waits for it.
    signal.call(PublicKeyCredential, { rpId: location.hostname, credentialId: base64url(credentialId) }).catch(() => undefined);
    return true;
  } catch {
    return false;
  }
}
