import { throwIfAborted } from '../../shared/abortable.js';
import { assertOptions, type OptionNames } from '../../shared/assertOptions.js';
import { assertFactory } from '../../shared/factoryOnly.js';
import { describe } from '../../shared/describe.js';
import {
  ASSERTION_TYPE,
  REGISTRATION_TYPE,
  type DevicePublicJwk,
  type MatchAssertionClaims,
  type RegistrationClaims,
} from '../../shared/MatchAssertion.js';
import { redeemMatch } from '../../shared/matchLedger.js';
import { OPTION_NAMES } from '../../shared/optionNames.js';
import type { CallOptions } from '../../shared/options.js';
import type { VerifyResult } from '../../shared/verification.js';
import { VERSION } from '../../shared/version.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { base64url } from '../sealed/base64url.js';
import type { DeviceKeyStore } from './DeviceKeyStore.js';

const ASSERTION_LIFETIME_S = 60;
/** Of at least 16 characters: a short challenge would come round again. */
const CHALLENGE = /^[\w-]{16,512}$/;

export interface SignChallengeOptions {
  /** The very object that `verify` returned: a match, at most 30 seconds old and not signed before. */
  result: VerifyResult;
  /** The server's name for the template that matched, such as the handle it issued at registration. Becomes the assertion's subject. */
  templateId: string;
  /** The origin that the assertion is for; default the page's own. */
  audience?: string;
}

export interface SignRegistrationOptions {
  /** The name that the server is asked to register this key for. Becomes the signature's subject. */
  name: string;
  /** The origin that the registration is for; default the page's own. */
  audience?: string;
}

const REGISTRATION_OPTIONS: OptionNames<SignRegistrationOptions> = { name: true, audience: true };
const OPTIONS: OptionNames<SignChallengeOptions> = { result: true, templateId: true, audience: true };

/**
 * A key of this browser that signs matches; made by `createDeviceKey`. A signature says that the browser holding this key ran a page of
 * this origin, and that the page's verifier found a match, just now, for this challenge. It doesn't say that nobody tampered with the page:
 * see `docs/security.md`.
 */
export class DeviceKey {
  /** The public key's thumbprint (RFC 7638, SHA-256, base64url). */
  readonly id: string;
  /** What a server registers. */
  readonly publicJwk: DevicePublicJwk;
  readonly #privateKey: CryptoKey;
  readonly #store: DeviceKeyStore;

  /** @internal Use `createDeviceKey`. */
  constructor(factory: symbol, id: string, publicJwk: DevicePublicJwk, privateKey: CryptoKey, store: DeviceKeyStore) {
    assertFactory(factory, 'DeviceKey', 'createDeviceKey');
    this.id = id;
    this.publicJwk = publicJwk;
    this.#privateKey = privateKey;
    this.#store = store;
  }

  /**
   * Signs a server's challenge together with what a match found: a compact JWS (ES256) with the claims `MatchAssertionClaims`. The match is
   * used up whether this succeeds or not. Throws a TypeError for a result that is not a match of this page's verifier or was already used,
   * `match-expired` for one older than 30 seconds, and `key-missing` if the key has been deleted.
   */
  async signChallenge(challenge: string, options: SignChallengeOptions): Promise<string> {
    assertOptions(options, OPTIONS, 'signChallenge');
    const { result, templateId, audience = location.origin } = options;
    assertChallenge(challenge);
    assertText(templateId, 'templateId, a text');
    assertText(audience, 'audience, an origin');
    const { matchedAt, ...facts } = redeemMatch(result);
    const ctr = await this.#store.countUp(this.publicJwk);
    if (ctr === undefined) throw keyMissing();
    return this.#sign(ASSERTION_TYPE, {
      ...this.#claims(challenge, templateId, audience),
      ctr,
      match: { at: Math.floor(matchedAt / 1000), ...facts, sdk: VERSION },
    });
  }

  /**
   * Signs a server's challenge to show that whoever registers this key has its private half: a compact JWS (ES256) with the claims
   * `RegistrationClaims`. It takes no match, says nothing about a face, and counts as no signature of one. Throws a TypeError for a wrong
   * argument, and `key-missing` if the key has been deleted.
   */
  async signRegistration(challenge: string, options: SignRegistrationOptions): Promise<string> {
    assertOptions(options, REGISTRATION_OPTIONS, 'signRegistration');
    const { name, audience = location.origin } = options;
    assertChallenge(challenge);
    assertText(name, 'name, a text');
    assertText(audience, 'audience, an origin');
    const kept = await this.#store.read();
    if (kept?.publicJwk.x !== this.publicJwk.x || kept.publicJwk.y !== this.publicJwk.y) throw keyMissing();
    return this.#sign(REGISTRATION_TYPE, this.#claims(challenge, name, audience));
  }

  /**
   * Deletes the key. After that, this browser can prove nothing to a server that knows the key. Throws `vault-unavailable` where another tab
   * does not let go of it within 3 seconds (10 where that waits for another deletion), and `aborted`; the browser then deletes it once it can.
   */
  async erase(options: CallOptions = {}): Promise<void> {
    assertOptions(options, OPTION_NAMES.call, 'erase');
    throwIfAborted(options.signal);
    await this.#store.delete(options.signal);
  }

  #claims(nonce: string, sub: string, aud: string): RegistrationClaims {
    const iat = Math.floor(Date.now() / 1000);
    return { iss: location.origin, aud, sub, nonce, jti: crypto.randomUUID(), iat, exp: iat + ASSERTION_LIFETIME_S };
  }

  async #sign(typ: string, claims: MatchAssertionClaims | RegistrationClaims): Promise<string> {
    const header = { alg: 'ES256', typ, kid: this.id };
    const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
    // WebCrypto writes r and s one after the other, 32 bytes each: just what JWS wants (RFC 7518, 3.4).
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(algorithm, this.#privateKey, new TextEncoder().encode(signed));
    return `${signed}.${base64url(signature)}`;
  }
}

function assertChallenge(challenge: unknown): void {
  if (typeof challenge === 'string' && CHALLENGE.test(challenge)) return;
  throw new TypeError(`expected the challenge as base64url, 16 to 512 characters, got ${describe(challenge)}`);
}

function assertText(value: unknown, wanted: string): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(`expected ${wanted}, got ${describe(value)}`);
}

function keyMissing(): VisavisError {
  return new VisavisError('key-missing', 'This device’s key was deleted, perhaps in another tab. Enroll again.');
}
