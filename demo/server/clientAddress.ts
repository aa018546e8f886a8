import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { addressesIn, type ProxyHeader } from './addressesIn.js';
import { canonicalAddress, isAmong } from './canonicalAddress.js';

/** Which proxies may say whom they speak for. Nobody may reach the server but through them. */
export interface ProxyTrust {
  /** How many proxies there are, one behind the other; or the addresses and networks (CIDR) that are theirs. */
  readonly proxies: number | readonly string[];
  /** In which header they say so. A proxy hands on what a client puts into the other one, so only this one counts. */
  readonly header: ProxyHeader;
}

/**
 * Whom wrong tries and requests are counted for: the address, and of IPv6 the network, of which one person has 2^64 addresses. Behind
 * proxies it is the address that the outermost trusted one saw; where the header is missing, too short or malformed up to there, it is that
 * of the proxy itself.
 */
export function clientAddress(c: Context, trust?: ProxyTrust): string {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  const socket = canonicalAddress(incoming?.socket.remoteAddress ?? '');
  if (!socket) return 'unknown';
  return networkOf(trust ? behind(socket, addressesIn(c.req.header(trust.header), trust.header), trust.proxies) : socket);
}

/** @param said nearest first; undefined for an entry that is no address */
function behind(socket: string, said: readonly (string | undefined)[], proxies: ProxyTrust['proxies']): string {
  if (typeof proxies === 'number') return said.slice(0, proxies).includes(undefined) ? socket : (said[proxies - 1] ?? socket);
  let address = socket;
  for (const next of said) {
    if (!isAmong(address, proxies) || next === undefined) break;
    address = next;
  }
  return address;
}

function networkOf(address: string): string {
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
}
