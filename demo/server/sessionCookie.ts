import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const NAME = 'visavis-session';

/** Browsers take these for secure contexts without TLS, and keep Secure cookies there. */
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The session's cookie: out of scripts' reach, never sent with requests that another site starts. `__Host-` keeps other hosts and
 * unencrypted pages from setting it.
 */
export function sessionCookie(c: Context, origin: string) {
  const { protocol, hostname } = new URL(origin);
  const secure = protocol === 'https:' || LOCAL.has(hostname);
  const prefix = secure ? 'host' : undefined;
  const attributes = { path: '/', httpOnly: true, secure, sameSite: 'Strict', prefix } as const;
  return {
    read: () => getCookie(c, NAME, prefix),
    write: (token: string, expiresAt: number) => setCookie(c, NAME, token, { ...attributes, expires: new Date(expiresAt) }),
    clear: () => void deleteCookie(c, NAME, attributes),
  };
}
