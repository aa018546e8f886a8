import type { PointsOrigin } from './VerifierInfo.js';
import type { VerifiedLiveness } from './verification.js';

/** The public half of a device key, as a JSON Web Key (RFC 7517) with only the members that its thumbprint (RFC 7638) is made of. */
export interface DevicePublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  /** base64url, 32 bytes. */
  readonly x: string;
  readonly y: string;
}

/** The protected header of an assertion. */
export interface MatchAssertionHeader {
  readonly alg: 'ES256';
  /** So that a token of another kind cannot be mistaken for an assertion (RFC 8725, 3.11). */
  readonly typ: 'visavis-match+jwt';
  /** The key's thumbprint, `deviceKey.id`. */
  readonly kid: string;
}

export const ASSERTION_TYPE: MatchAssertionHeader['typ'] = 'visavis-match+jwt';
/** The same of a registration (`RegistrationClaims`). */
export const REGISTRATION_TYPE = 'visavis-registration+jwt';

/** What `deviceKey.signChallenge` signs: the payload of a compact JWS (RFC 7515). */
export interface MatchAssertionClaims {
  /** The page's origin. */
  readonly iss: string;
  /** The recipient; by default also the page's origin. */
  readonly aud: string;
  /** The template that matched, by the name under which the server knows it. */
  readonly sub: string;
  /** The server's challenge. */
  readonly nonce: string;
  /** Random; distinguishes assertions from each other. */
  readonly jti: string;
  /** Seconds since 1970, as in all JSON Web Tokens, by the device's clock. */
  readonly iat: number;
  readonly exp: number;
  /** Counts the signatures made with the key; never decreases. */
  readonly ctr: number;
  readonly match: MatchFacts & {
    /**
     * `own` where the page, and not the SDK, vouches for the operating points, or the quality gate was off for a picture that it refuses: then
     * only the page says what `fmr` is worth.
     */
    readonly points: PointsOrigin;
    readonly liveness: VerifiedLiveness | null;
  };
}

/** What an assertion says about its match in the same words on both sides. */
export interface MatchFacts {
  /** Seconds since 1970, by the device's clock. */
  readonly at: number;
  readonly model: string;
  readonly modelVersion: string;
  readonly pipelineVersion: number;
  /** The operating point at which the decision was made: false match rate and distance threshold. */
  readonly fmr: number;
  readonly threshold: number;
  readonly frames: number;
  /** The SDK's version. */
  readonly sdk: string;
}

/** What `deviceKey.signRegistration` signs: the payload of a compact JWS with the `typ` `visavis-registration+jwt`. */
export interface RegistrationClaims {
  /** The page's origin. */
  readonly iss: string;
  /** The recipient; by default also the page's origin. */
  readonly aud: string;
  /** The name that is to be registered. */
  readonly sub: string;
  /** The server's challenge. */
  readonly nonce: string;
  /** Random; distinguishes registrations from each other. */
  readonly jti: string;
  /** Seconds since 1970, by the device's clock. */
  readonly iat: number;
  readonly exp: number;
}
