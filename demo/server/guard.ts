import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { PROXY_HEADERS } from './addressesIn.js';
import { ApiError } from './ApiError.js';
import { clientAddress } from './clientAddress.js';
import { MAX_BODY, type ServerSettings } from './ServerOptions.js';

const SAFE = new Set(['GET', 'HEAD']);

/**
 * What every request that changes something passes first: it comes from this site's own page (the cookie's SameSite says so too, this holds
 * without a cookie), is not too large, and not one of too many.
 */
export function guard(ownOrigin: (url: string) => string, { requestsPerMinute, proxies }: ServerSettings): MiddlewareHandler {
  const limit = limiter(requestsPerMinute, 60);
  let warned = false;
  const limitBody = bodyLimit({
    maxSize: MAX_BODY,
    onError: () => {
      throw new ApiError('too-large');
    },
  });
  return async (c, next) => {
    if (SAFE.has(c.req.method)) return next();
    if (c.req.header('origin') !== ownOrigin(c.req.url)) throw new ApiError('cross-site');
    if (!proxies && !warned && PROXY_HEADERS.some((name) => c.req.header(name) !== undefined)) {
      warned = true;
      console.warn('A proxy seems to stand in front, and everybody behind it counts as one address: set VISAVIS_PROXIES.');
    }
    await limit(clientAddress(c, proxies));
    return limitBody(c, next);
  };
}

/** Throws `rate-limited` for more than so many calls in so many seconds for one address. */
export function limiter(points: number, seconds: number): (address: string) => Promise<void> {
  const memory = new RateLimiterMemory({ points, duration: seconds });
  return async (address) => {
    try {
      await memory.consume(address);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw new ApiError('rate-limited', Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
  };
}
