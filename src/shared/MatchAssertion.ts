import type { VerifiedLiveness } from './verification.js';

/** The `typ` of the header: a token of another kind must not be taken for one of these (RFC 8725, 3.11). */
export const ASSERTION_TYPE = 'visavis-match+jwt';

/** The public half of a device key, as a JSON Web Key (RFC 7517) with just the members that make its thumbprint (RFC 7638). */
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
  readonly typ: typeof ASSERTION_TYPE;
  /** The key's thumbprint, `deviceKey.id`. */
  readonly kid: string;
}

/** What `deviceKey.signChallenge` signs: the payload of a compact JWS (RFC 7515). */
export interface MatchAssertionClaims {
  /** The page's origin. */
  readonly iss: string;
  /** Whom it is for, by default the page's origin too. */
  readonly aud: string;
  /** The template that matched, under the name that the server knows it by. */
  readonly sub: string;
  /** The server's challenge. */
  readonly nonce: string;
  /** Random: tells two assertions apart. */
  readonly jti: string;
  /** Seconds since 1970, as in all JSON Web Tokens, by the device's clock. */
  readonly iat: number;
  readonly exp: number;
  /** Counts the key's signatures; it never goes back. */
  readonly ctr: number;
  readonly match: {
    readonly at: number;
    readonly model: string;
    readonly modelVersion: string;
    readonly pipelineVersion: number;
    /** The operating point that was decided at: false match rate and distance threshold. */
    readonly fmr: number;
    readonly threshold: number;
    readonly frames: number;
    readonly liveness: VerifiedLiveness | null;
    readonly sdk: string;
  };
}
