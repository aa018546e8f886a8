import { isIPv6 } from 'node:net';
import parseForwarded from 'forwarded-parse';
import { canonicalAddress } from './canonicalAddress.js';

export const PROXY_HEADERS = ['x-forwarded-for', 'forwarded'] as const;
export type ProxyHeader = (typeof PROXY_HEADERS)[number];

/** Proxies in a row; a longer header was padded by a client. */
const MOST = 32;

/**
 * The addresses in a header that proxies add to, the nearest hop's first; undefined for an entry that is no address, such as `unknown`. A
 * header of `Forwarded` that breaks RFC 7239's grammar holds none.
 */
export function addressesIn(header: string | undefined, name: ProxyHeader): (string | undefined)[] {
  if (!header) return [];
  const entries = name === 'forwarded' ? forwarded(header) : header.split(',').map((entry) => entry.trim());
  return entries.slice(-MOST).reverse().map(withoutPort);
}

function forwarded(header: string): string[] {
  try {
    return parseForwarded(header).map((hop) => hop.for ?? '');
  } catch {
    return [];
  }
}

/** `192.0.2.7`, `192.0.2.7:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`. */
function withoutPort(entry: string): string | undefined {
  if (isIPv6(entry)) return canonicalAddress(entry);
  const [, bracketed, plain] = /^(?:\[([\da-f:.]+)\]|([\d.]+))(?::\d{1,5})?$/i.exec(entry) ?? [];
  if (bracketed !== undefined) return isIPv6(bracketed) ? canonicalAddress(bracketed) : undefined;
  return canonicalAddress(plain ?? '');
}
