/** How an IPv6 address begins that stands for an IPv4 one (RFC 4291, section 2.5.5.2). */
const MAPPED = ['0', '0', '0', '0', '0', 'ffff'];

/**
 * Whom a source stands for: of an IPv6 address its network (/64), all of which one person has; an IPv4 address that is mapped into IPv6 as that.
 * What is no IPv6 address stays as it is.
 */
export function networkOf(source: string): string {
  const groups = groupsOf(source);
  if (!groups) return source;
  if (MAPPED.every((group, at) => groups[at] === group)) {
    return groups
      .slice(6)
      .map((group) => Number.parseInt(group, 16))
      .flatMap((pair) => [pair >> 8, pair & 255])
      .join('.');
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** The eight groups of an IPv6 address, in one form; undefined for what is none. */
function groupsOf(source: string): string[] | undefined {
  const [, address] = /^([\da-f:.]+)(?:%.*)?$/i.exec(source) ?? []; // without its zone
  if (!address?.includes(':')) return undefined;
  let host: string;
  try {
    host = new URL(`http://[${address}]`).hostname; // which reads every way to write one, and writes it in one
  } catch {
    return undefined;
  }
  const [before = [], after = []] = host
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  return [...before, ...new Array<string>(8 - before.length - after.length).fill('0'), ...after];
}
