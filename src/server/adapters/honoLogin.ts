import type { Login, LoginStep } from '../login/createLogin.js';
import { readJson } from './readJson.js';

/** What is needed of Hono's `Context`. */
export interface HonoContext {
  readonly req: { readonly raw: Request; param(name: string): string | undefined };
  body(data: string, status: number, headers: Record<string, string>): Response;
}

/** A handler for Hono 4: `app.post('/face/:step', honoLogin(login))`; or for one step, whatever its path. */
export function honoLogin<C extends HonoContext>(login: Login<C>, only?: LoginStep): (context: C) => Promise<Response> {
  return async (context) => {
    const { raw } = context.req;
    const step = only ?? context.req.param('step');
    const { status, headers, body } = await login({
      ...{ step, origin: raw.headers.get('origin') ?? undefined },
      ...{ body: await readJson(raw), context },
    });
    return context.body(JSON.stringify(body), status, { 'Content-Type': 'application/json', ...headers });
  };
}
