/** What this SDK uses of Trusted Types (W3C); TypeScript's library does not know them everywhere yet. */
interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL: (url: string) => unknown };
}

/** The name that a `trusted-types` directive has to allow. */
const NAME = 'visavis';

let policy: ReturnType<TrustedTypesFactory['createPolicy']> | null | undefined;

/**
 * The address of a worker's script, in the form that pages under `require-trusted-types-for 'script'` ask for. Only files of the page's own origin
 * are vouched for; anything else is handed back as it is, and such a page refuses it.
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
      policy = null; // the page allows no policy of this name: a default one may do
    }
  }
  // A TrustedScriptURL; constructors take it as they take a text.
  return policy ? (policy.createScriptURL(href) as string) : url;
}
