import { trustedTypesFactory, type TrustedTypesPolicy } from '../../shared/trustedTypesFactory.js';

/** The policy name that the page's `trusted-types` directive has to allow. */
const NAME = 'visavis-inline';

/** A script at an address that only this page knows, until it is released. */
export interface OwnScript {
  readonly url: string;
  /** In the form required under `require-trusted-types-for 'script'`, where the page allows that; else the text. */
  readonly trusted: () => string;
  readonly release: () => void;
}

/** What the policy vouches for: nothing but what `ownScript` has made. It is therefore not shared with other copies of the library. */
const own = new Set<string>();
let policy: TrustedTypesPolicy | undefined;

/** @param bytes of a JavaScript module */
export function ownScript(bytes: ArrayBuffer): OwnScript {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }));
  own.add(url);
  return {
    url,
    trusted: () => vouchFor(url),
    release() {
      own.delete(url);
      URL.revokeObjectURL(url);
    },
  };
}

function vouchFor(url: string): string {
  try {
    policy ??= trustedTypesFactory()?.createPolicy(NAME, { createScriptURL: ownOnly });
  } catch {
    // The page does not allow it: a default policy may do.
  }
  // A TrustedScriptURL; constructors take it as they take a text.
  return (policy?.createScriptURL(url) as string | undefined) ?? url;
}

function ownOnly(url: string): string {
  if (own.has(url)) return url;
  throw new TypeError(`expected a script of visavis's own, got ${url}`);
}
