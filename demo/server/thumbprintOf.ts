import { calculateJwkThumbprint, importJWK } from 'jose';
import type { DevicePublicJwk } from '../../src/shared/MatchAssertion.js';
import { ApiError } from './ApiError.js';

/** The key's thumbprint. Throws `invalid-request` for coordinates that are no point of the curve. */
export async function thumbprintOf(publicJwk: DevicePublicJwk): Promise<string> {
  try {
    await importJWK(publicJwk, 'ES256');
    return await calculateJwkThumbprint(publicJwk);
  } catch {
    throw new ApiError('invalid-request');
  }
}
