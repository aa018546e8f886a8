import type { Context } from 'hono';
import * as v from 'valibot';
import { ApiError } from './ApiError.js';

const base64url = v.pipe(v.string(), v.regex(/^[\w-]{1,8192}$/));
const token = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));
const transports = v.pipe(v.array(v.picklist(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])), v.maxLength(8));

const passkey = <R extends v.GenericSchema>(response: R) =>
  v.strictObject({
    ...{ id: base64url, rawId: base64url, type: v.literal('public-key'), response },
    authenticatorAttachment: v.optional(v.picklist(['platform', 'cross-platform'])),
    clientExtensionResults: v.record(v.string(), v.unknown()),
  });

/** What the server reads besides the library's own steps. */
export const BODIES = {
  deletion: v.strictObject({ id: token, deletionToken: token }),
  newPasskey: passkey(v.object({ clientDataJSON: base64url, attestationObject: base64url, transports: v.optional(transports) })),
  passkey: passkey(
    v.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url, userHandle: v.optional(base64url) }),
  ),
};

/** The value, exactly as the schema says; anything else is `invalid-request`. */
export function read<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw new ApiError('invalid-request');
  return parsed.output;
}

export async function readBody<S extends v.GenericSchema>(c: Context, schema: S): Promise<v.InferOutput<S>> {
  if (c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() !== 'application/json') throw new ApiError('invalid-request');
  return read(schema, await c.req.json<unknown>().catch(() => undefined));
}
