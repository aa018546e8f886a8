import { PROXY_HEADERS, type ProxyHeader } from './addressesIn.js';
import { rangeOf } from './canonicalAddress.js';
import type { ProxyTrust } from './clientAddress.js';

/**
 * Reads the setting: a number of proxies, or their addresses and networks with commas between; and the header's name, `x-forwarded-for`
 * unless it is given. Undefined without a setting. Throws a TypeError for any other.
 */
export function proxyTrust(setting: string | undefined, header = 'x-forwarded-for'): ProxyTrust | undefined {
  if (!setting) return undefined;
  if (!isProxyHeader(header)) throw new TypeError(`expected one of ${PROXY_HEADERS.join(', ')}, got ${header}`);
  if (/^\d+$/.test(setting)) {
    const proxies = Number(setting);
    if (!(proxies >= 1 && proxies <= 16)) throw new TypeError(`expected 1 to 16 proxies, got ${setting}`);
    return { proxies, header };
  }
  const proxies = setting.split(',').map((entry) => entry.trim());
  proxies.forEach(rangeOf);
  return { proxies, header };
}

function isProxyHeader(name: string): name is ProxyHeader {
  return (PROXY_HEADERS as readonly string[]).includes(name);
}
