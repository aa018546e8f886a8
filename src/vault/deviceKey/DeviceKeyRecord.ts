import type { DevicePublicJwk } from '../../shared/MatchAssertion.js';

/** A key as it lies in the database. The private half is a handle that signs; scripts can't read its bytes. */
export interface DeviceKeyRecord {
  readonly privateKey: CryptoKey;
  readonly publicJwk: DevicePublicJwk;
  /** Of the last signature; 0 before the first. */
  readonly counter: number;
}
