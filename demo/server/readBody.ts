import type { Context } from 'hono';
import * as v from 'valibot';
import { ApiError } from './ApiError.js';

/** The request's body, exactly as the schema says; anything else is `invalid-request`. */
export async function readBody<S extends v.GenericSchema>(c: Context, schema: S): Promise<v.InferOutput<S>> {
  if (c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() !== 'application/json') throw new ApiError('invalid-request');
  let value: unknown;
  try {
    value = JSON.parse(await c.req.text());
  } catch {
    throw new ApiError('invalid-request');
  }
  const parsed = v.safeParse(schema, value);
  if (!parsed.success) throw new ApiError('invalid-request');
  return parsed.output;
}
