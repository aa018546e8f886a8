import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from './ApiError.js';
import { clientAddress } from './clientAddress.js';
import { MAX_BODY } from './ServerOptions.js';

const SAFE = new Set(['GET', 'HEAD']);

/**
 * What every request that changes something passes first: it comes from this site's own page (the cookie's SameSite says so too, this holds
 * without a cookie), is not too large, and not one of too many.
 */
export function guard(ownOrigin: (url: string) => string, requestsPerMinute: number): MiddlewareHandler {
  const limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });
  const limitBody = bodyLimit({
    maxSize: MAX_BODY,
    onError: () => {
      throw new ApiError('too-large');
    },
  });
  return async (c, next) => {
    if (SAFE.has(c.req.method)) return next();
    if (c.req.header('origin') !== ownOrigin(c.req.url)) throw new ApiError('cross-site');
    try {
      await limiter.consume(clientAddress(c));
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw new ApiError('rate-limited', Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
    return limitBody(c, next);
  };
}
