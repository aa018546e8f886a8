import type { DevicePublicJwk } from '../shared/MatchAssertion.js';
import { Refusal } from './Refusal.js';
import { isObject } from './verifySigned.js';

const MEMBERS = ['crv', 'kty', 'x', 'y'];
/** base64url of 32 bytes, whose last character has two bits to spare: 0, or one key would have several thumbprints. */
const COORDINATE = /^[\w-]{42}[AEIMQUYcgkosw048]$/;

/** The public half of a P-256 key, and nothing beside it: no private half, no algorithm. Throws a `Refusal` (`bad-key`). */
export function readPublicJwk(value: unknown): DevicePublicJwk {
  if (!isObject(value) || Object.keys(value).sort().join() !== MEMBERS.join()) throw new Refusal('bad-key');
  const { kty, crv, x, y } = value;
  if (kty !== 'EC' || crv !== 'P-256' || !isCoordinate(x) || !isCoordinate(y)) throw new Refusal('bad-key');
  return { kty, crv, x, y };
}

function isCoordinate(value: unknown): value is string {
  return typeof value === 'string' && COORDINATE.test(value);
}
