import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * An IP address in one form: IPv4 also where it is mapped into IPv6, and IPv6 with all eight groups and without a zone. Undefined for
 * anything else: no names, no octal or shortened numbers.
 */
export function canonicalAddress(text: string): string | undefined {
  if (isIP(text) === 0) return undefined;
  const address = ipaddr.process(text.split('%')[0]);
  return address.kind() === 'ipv6' ? address.toNormalizedString() : address.toString();
}

/** Whether an address is one of these, or in one of these networks (CIDR). */
export function isAmong(address: string, list: readonly string[]): boolean {
  const parsed = ipaddr.parse(address);
  return list.some((entry) => {
    const [network, bits] = rangeOf(entry);
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}

/** Throws a TypeError for what is neither an address nor a network. */
export function rangeOf(entry: string): [network: ReturnType<typeof ipaddr.parse>, bits: number] {
  const [text, length, ...more] = entry.split('/');
  const address = canonicalAddress(text);
  const network = address === undefined ? undefined : ipaddr.parse(address);
  const most = network?.kind() === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Infinity;
  if (!network || bits > most || more.length > 0) throw new TypeError(`expected an address or a network such as 10.0.0.0/8, got ${entry}`);
  return [network, bits];
}
