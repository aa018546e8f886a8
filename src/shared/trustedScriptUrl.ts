/** The part of Trusted Types (W3C) that this SDK uses; not every version of TypeScript's library declares them. */
interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL: (url: string) => unknown };
}

/** The policy name that the page's `trusted-types` directive has to allow. */
const NAME = 'visavis';

let policy: ReturnType<TrustedTypesFactory['createPolicy']> | null | undefined;

/**
 * The URL of a worker's script, in the form required under `require-trusted-types-for 'script'`. Only files of the page's own origin are
 * vouched for; any other URL is returned unchanged, and such a page refuses it.
 */
export function trustedScriptUrl(url: string | URL): string | URL {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  if (!factory) return url;
  const { href, origin, protocol } = new URL(url, location.href);
  if (origin !== location.origin || (protocol !== 'https:' && protocol !== 'http:')) return url;
  if (policy === undefined) {
    try {
      policy = factory.createPolicy(NAME, { createScriptURL: (own) => own });
    } catch {
      policy = null; // the page does not allow a policy of this name; its default policy may do
    }
  }
  // A TrustedScriptURL; constructors accept it in place of a string.
  return policy ? (policy.createScriptURL(href) as string) : url;
}
