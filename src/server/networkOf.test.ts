import fc from 'fast-check';
import { expect, it } from 'vitest';
import { networkOf } from './networkOf.js';
import { memoryStore } from './stores/memoryStore.js';

it.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:FFFF::', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:3:4:192.0.2.7', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::FFFF:c000:207', '192.0.2.7'],
  ['0:0:0:0:0:ffff:0a00:0001', '10.0.0.1'],
])('counts %s as %s', (address, counted) => expect(networkOf(address)).toBe(counted));

it.each([
  '192.0.2.7',
  '',
  'unknown',
  '192.0.2.7:80',
  '[2001:db8::1]:80',
  '2001:db8:1:2::/64',
  '1:2:3',
  '::g',
  '::1::',
  ']/:',
  ':',
  'a%:',
  '12345::',
])('leaves %j as it is', (text) => expect(networkOf(text)).toBe(text));

it('is the same for all addresses of a network, in whatever way they are written, and for nobody else', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  const groups = fc.array(group, { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(groups, groups, fc.nat(3), group, (network, host, at, other) => {
      const text = (parts: number[], digits: number) => parts.map((part) => part.toString(16).padStart(digits, '0')).join(':');
      fc.pre(network.some((part) => part !== 0));
      const counted = networkOf(text([...network, ...host], 1));
      expect(counted).toBe(`${text(network, 1)}::/64`);
      expect(networkOf(text([...network, ...host], 4).toUpperCase())).toBe(counted);
      expect(networkOf(`${text(network, 4)}::`)).toBe(counted);
      expect(networkOf(counted)).toBe(counted);
      if (other !== network[at]) expect(networkOf(`${text(network.with(at, other), 1)}::1`)).not.toBe(counted);
    }),
  );
});

it('counts one host with many addresses as one source, and lets the others try', async () => {
  const store = memoryStore();
  const limits = { perSource: 3, perSubject: 7, lockTime: 60_000 };
  const begin = (source: string) => store.beginAttempt({ subject: 'ann', source }, limits, 0);
  for (let i = 1; i <= 3; i++) expect(await begin(`2001:db8::${i}`)).toBeNull();
  for (let i = 4; i <= 9; i++) expect(await begin(`2001:db8::${i}`)).toBe(60_000);
  expect(await begin('2001:db8:0:1::1')).toBeNull();
});
