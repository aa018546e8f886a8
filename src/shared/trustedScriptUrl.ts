import { trustedTypesFactory, type TrustedTypesFactory, type TrustedTypesPolicy } from './trustedTypesFactory.js';

/** The policy name that the page's `trusted-types` directive has to allow. */
const NAME = 'visavis';

/**
 * Where the policy is kept for every copy of this library on the page: browsers create each name once. A script that finds it here can do
 * no more with it than the page allows this library to do, because the policy itself refuses other origins.
 */
const SHARED = Symbol.for('visavis.trustedTypesPolicy');

/**
 * The URL of a worker's script, in the form required under `require-trusted-types-for 'script'`. Only files of the page's own origin are
 * vouched for, and in a worker the script that it runs itself, which may have no file; any other URL is returned unchanged, and such a page
 * refuses it.
 */
export function trustedScriptUrl(url: string | URL): string | URL {
  const trustedTypes = trustedTypesFactory();
  if (!trustedTypes) return url;
  const { href } = new URL(url, location.href);
  if (!isOwn(href)) return url;
  // A TrustedScriptURL; constructors take it as they take a text.
  return (sharedPolicy(trustedTypes)?.createScriptURL(href) as string | undefined) ?? url;
}

/** Null where the page does not allow it, or a copy of a version that does not share made it before: a default policy may do. */
function sharedPolicy(trustedTypes: TrustedTypesFactory): TrustedTypesPolicy | null {
  const holder = globalThis as { [SHARED]?: TrustedTypesPolicy };
  try {
    return (holder[SHARED] ??= trustedTypes.createPolicy(NAME, { createScriptURL: ownOnly }));
  } catch {
    return null;
  }
}

function ownOnly(url: string): string {
  if (isOwn(url)) return url;
  throw new TypeError(`expected a script of the page's own origin, got ${url}`);
}

function isOwn(href: string): boolean {
  if (href === location.href) return true;
  const { origin, protocol } = new URL(href, location.href);
  return origin === location.origin && (protocol === 'https:' || protocol === 'http:');
}
