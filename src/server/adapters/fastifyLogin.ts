import type { Login } from '../login/createLogin.js';

/** What is needed of Fastify's request. */
export interface FastifyRequest {
  readonly headers: { readonly origin?: string | undefined };
  readonly params: unknown;
  readonly body: unknown;
}

/** What is needed of Fastify's reply. */
export interface FastifyReply {
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
}

/** What the functions of `createLogin`'s options get. */
export interface FastifyExchange<Q extends FastifyRequest, R extends FastifyReply> {
  readonly request: Q;
  readonly reply: R;
}

/** A handler for Fastify 4 and 5: `app.post('/face/:step', fastifyLogin(login))`. */
export function fastifyLogin<Q extends FastifyRequest, R extends FastifyReply>(
  login: Login<FastifyExchange<Q, R>>,
): (request: Q, reply: R) => Promise<object> {
  return async (request, reply) => {
    const { step } = request.params as { step?: string };
    const asked = { step, origin: request.headers.origin, body: request.body };
    const { status, headers, body } = await login({ ...asked, context: { request, reply } });
    reply.code(status);
    reply.headers({ ...headers });
    return body;
  };
}
