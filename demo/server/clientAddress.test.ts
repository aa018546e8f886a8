import fc from 'fast-check';
import type { Context } from 'hono';
import { describe, expect, it } from 'vitest';
import { addressesIn } from './addressesIn.js';
import { clientAddress, type ProxyTrust } from './clientAddress.js';
import { proxyTrust } from './proxyTrust.js';

function from(remoteAddress?: string, said?: string, trust?: ProxyTrust) {
  const header = (name: string) => (name === (trust?.header ?? 'x-forwarded-for') ? said : undefined);
  return clientAddress({ env: { incoming: { socket: { remoteAddress } } }, req: { header } } as unknown as Context, trust);
}

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::ffff:c000:207', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, 'unknown'],
])('counts %s as %s', (address, counted) => expect(from(address)).toBe(counted));

describe('behind proxies', () => {
  const PROXY = '10.0.0.1';

  it.each([
    ['nothing is set', undefined, undefined, '192.0.2.7', PROXY],
    ['there is one', '1', undefined, '198.51.100.9, 192.0.2.7', '192.0.2.7'],
    ['there is one, and IPv6', '1', undefined, '2001:DB8:1:2:3::4', '2001:db8:1:2'],
    ['there is one that adds ports', '1', undefined, '192.0.2.7:4711', '192.0.2.7'],
    ['there are two', '2', undefined, '198.51.100.9, 192.0.2.7, 10.0.0.2', '192.0.2.7'],
    ['there are two, and a request passed only one', '2', undefined, '192.0.2.7', PROXY],
    ['there is one that says nothing', '1', undefined, undefined, PROXY],
    ['there is one that names no address', '1', undefined, '192.0.2.7, unknown', PROXY],
    ['the inner of two names no address', '2', undefined, '192.0.2.7, unknown', PROXY],
    ['octal numbers are no address', '1', undefined, '0300.0.2.7', PROXY],
    ['their network is listed', '10.0.0.0/8', undefined, '198.51.100.9, 192.0.2.7, 10.0.0.2', '192.0.2.7'],
    ['their addresses are listed', '10.0.0.1, 10.0.0.2', undefined, '198.51.100.9, 192.0.2.7, 10.0.0.2', '192.0.2.7'],
    ['another network is listed', '10.1.0.0/16', undefined, '192.0.2.7', PROXY],
    ['all are listed', '0.0.0.0/0', undefined, 'junk, 192.0.2.7', '192.0.2.7'],
    ['they speak RFC 7239', '1', 'forwarded', 'for=198.51.100.9, for="192.0.2.7:80";proto=https;by=10.0.0.1', '192.0.2.7'],
    ['they speak RFC 7239, and IPv6', '1', 'forwarded', 'for="[2001:db8:1:2::3]:80"', '2001:db8:1:2'],
    ['they hide the client', '1', 'forwarded', 'for=_hidden', PROXY],
    ['the grammar is broken', '1', 'forwarded', 'for=192.0.2.7;;', PROXY],
    ['a comma is quoted', '1', 'forwarded', 'for="192.0.2.7, for=192.0.2.8"', PROXY],
  ])('%s', (_case, proxies, header, said, counted) => expect(from(PROXY, said, proxyTrust(proxies, header))).toBe(counted));

  it('whatever a client writes before what the proxies add changes nothing', () => {
    const octet = fc.nat(300);
    const noise = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.')),
      fc.constantFrom('unknown', '"', '[', '10.0.0.1', ',', '2001:db8::1', '[::1]:80', '192.0.2.9:99999'),
    );
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 6 }), fc.constantFrom('1', '2', '10.0.0.0/8'), (before, proxies) => {
        const added = proxies === '2' ? ['192.0.2.7', '10.0.0.2'] : ['192.0.2.7'];
        expect(from(PROXY, [...before, ...added].join(', '), proxyTrust(proxies))).toBe('192.0.2.7');
      }),
      { numRuns: 1000 },
    );
  }, 60_000);

  it('a header that a client padded is read from its end, and no further than 32 hops', () => {
    expect(addressesIn(`${'192.0.2.7, '.repeat(5000)}192.0.2.8`, 'x-forwarded-for')).toHaveLength(32);
  });

  it('settings that are none are refused', () => {
    for (const wrong of ['0', '17', 'all', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', '10.0.0.1,', '1.2.3', '/8', '::/129']) {
      expect(() => proxyTrust(wrong)).toThrow(TypeError);
    }
    expect(() => proxyTrust('1', 'x-real-ip')).toThrow(TypeError);
    expect(proxyTrust('')).toBeUndefined();
  });
});
