import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** Whom wrong tries are counted for: the address, and of IPv6 the network, of which one person has 2^64 addresses. */
export function clientAddress(c: Context): string {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
  const address = incoming?.socket.remoteAddress ?? 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped) return mapped;
  return address.includes(':') ? networkOf(address) : address;
}

/** The first four groups, with what `::` leaves out written out. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('%')[0].split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...(tail === undefined ? [] : zeros), ...after].slice(0, 4).join(':');
}
