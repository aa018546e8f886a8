import type { Context } from 'hono';
import { expect, it } from 'vitest';
import { clientAddress } from './clientAddress.js';

const from = (remoteAddress?: string) => clientAddress({ env: { incoming: { socket: { remoteAddress } } } } as unknown as Context);

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, 'unknown'],
])('counts %s as %s', (address, counted) => expect(from(address)).toBe(counted));
