import type { Integrity } from '../../shared/integrity.js';
import PINS from '../../shared/manifestPins.json';
import { VisavisError } from '../../shared/VisavisError.js';

/** What a manifest has to be. */
export interface ManifestPin {
  /** `sha256-…`; null for a model that neither the SDK nor the page vouches for. */
  readonly digest: string | null;
  readonly by: 'sdk' | 'page';
}

/** What this version of the SDK ships a model's manifest with; undefined for a model that it does not know. */
export function shippedDigest(id: string): string | undefined {
  return Object.hasOwn(PINS, id) ? PINS[id as keyof typeof PINS] : undefined;
}

/** What the manifest of a model has to be: what the page says, otherwise what this SDK ships. */
export function pinOf(id: string, integrity: Integrity): ManifestPin {
  if (Object.hasOwn(integrity, id)) return { digest: integrity[id]!, by: 'page' };
  return { digest: shippedDigest(id) ?? null, by: 'sdk' };
}

/** `sha256-` and the SHA-256 in base64, as in Subresource Integrity. */
export async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256-${btoa(String.fromCharCode(...hash))}`;
}

/** Throws `model-corrupt` for a manifest that is not the pinned one. */
export function assertPinned(actual: string, { digest, by }: ManifestPin, id: string, url: string): void {
  if (digest === null || actual === digest) return;
  const message =
    by === 'page'
      ? `${url} is not the manifest that the option integrity names: its hash is ${actual} instead of ${digest}. ` +
        "Copy the model's folder to the server again, or correct integrity."
      : `${url} is not the manifest that this version of visavis knows "${id}" by: its hash is ${actual}. ` +
        'Copy the models of the same version to the server. If it is your own, calibrated or trained anew, give it an id and a folder of its own, ' +
        `or vouch for it: createFaceVerifier({ integrity: { '${id}': '${actual}' } }).`;
  throw new VisavisError('model-corrupt', message);
}
