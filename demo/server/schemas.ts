import * as v from 'valibot';

/** base64url of 32 bytes. */
const coordinate = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const base64url = v.pipe(v.string(), v.regex(/^[\w-]{1,8192}$/));
const token = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const name = v.pipe(v.string(), v.maxLength(200), v.normalize('NFC'), v.trim(), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}\p{M} ._-]{0,39}$/u));

/** No `d`, no `alg`, nothing else: a strict object refuses what it does not know. */
const publicJwk = v.strictObject({ kty: v.literal('EC'), crv: v.literal('P-256'), x: coordinate, y: coordinate });

const passkeyFrame = {
  id: base64url,
  rawId: base64url,
  type: v.literal('public-key'),
  authenticatorAttachment: v.optional(v.picklist(['platform', 'cross-platform'])),
  clientExtensionResults: v.record(v.string(), v.unknown()),
};
const transports = v.pipe(v.array(v.picklist(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])), v.maxLength(8));

const passkeyRegistration = v.strictObject({
  ...passkeyFrame,
  response: v.object({ clientDataJSON: base64url, attestationObject: base64url, transports: v.optional(transports) }),
});

const passkeyAnswer = v.strictObject({
  ...passkeyFrame,
  response: v.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: v.optional(base64url),
  }),
});

/** The bodies that the server reads. */
export const BODIES = {
  account: v.strictObject({ name, publicKey: publicJwk }),
  challenge: v.strictObject({ name }),
  login: v.strictObject({
    name,
    assertion: v.pipe(v.string(), v.regex(/^[\w-]{1,1024}\.[\w-]{1,8192}\.[\w-]{0,512}$/)),
    passkey: v.optional(passkeyAnswer),
  }),
  deletion: v.strictObject({ id: token, deletionToken: token }),
  passkey: passkeyRegistration,
};

const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const word = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/** What an assertion must claim besides what the JOSE library checks (`MatchAssertionClaims`). A later SDK may claim more. */
export const CLAIMS = v.object({
  nonce: token,
  ctr: v.pipe(seconds, v.minValue(1)),
  match: v.object({
    at: seconds,
    model: word,
    modelVersion: word,
    pipelineVersion: seconds,
    fmr: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
    threshold: v.pipe(v.number(), v.minValue(0), v.maxValue(2)),
    points: v.picklist(['shipped', 'own']),
    frames: v.pipe(seconds, v.minValue(1)),
    liveness: v.nullable(
      v.object({
        challenges: v.pipe(v.array(word), v.minLength(1), v.maxLength(20)),
        finishedAt: v.pipe(v.string(), v.isoTimestamp()),
      }),
    ),
  }),
});

export type Claims = v.InferOutput<typeof CLAIMS>;
