import type { Login } from '../login/createLogin.js';

/** What is needed of Express's request; `body` is what `express.json()` made. */
export interface ExpressRequest {
  readonly headers: { readonly origin?: string | undefined };
  readonly params: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: unknown;
}

/** What is needed of Express's response. */
export interface ExpressResponse {
  status(code: number): unknown;
  set(headers: Record<string, string>): unknown;
  json(body: object): unknown;
}

/** What the functions of `createLogin`'s options get. */
export interface ExpressExchange<Q extends ExpressRequest, S extends ExpressResponse> {
  readonly request: Q;
  readonly response: S;
}

/** A handler for Express 4 and 5: `app.post('/face/:step', express.json(), expressLogin(login))`. */
export function expressLogin<Q extends ExpressRequest, S extends ExpressResponse>(
  login: Login<ExpressExchange<Q, S>>,
): (request: Q, response: S, next: (error: unknown) => void) => void {
  return (request, response, next) => {
    const { step } = request.params;
    const asked = { step: typeof step === 'string' ? step : undefined, origin: request.headers.origin, body: request.body };
    login({ ...asked, context: { request, response } })
      .then(({ status, headers, body }) => {
        response.status(status);
        response.set({ ...headers });
        response.json(body);
      })
      .catch(next);
  };
}
