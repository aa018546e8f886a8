import * as v from 'valibot';

/** base64url of 32 bytes. */
const coordinate = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const base64url = v.pipe(v.string(), v.regex(/^[\w-]{1,8192}$/));
const token = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
/** Whether it is one says `accountName`. */
const name = v.pipe(v.string(), v.maxLength(200));
const jws = v.pipe(v.string(), v.regex(/^[\w-]{1,1024}\.[\w-]{1,8192}\.[\w-]{0,512}$/));

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
  registration: v.strictObject({}),
  account: v.strictObject({ name, publicKey: publicJwk, proof: jws }),
  challenge: v.strictObject({ name }),
  login: v.strictObject({
    name,
    assertion: jws,
    passkey: v.optional(passkeyAnswer),
  }),
  deletion: v.strictObject({ id: token, deletionToken: token }),
  passkey: passkeyRegistration,
};
