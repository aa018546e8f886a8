/**
 * What the demo's pages may do: nothing but what is listed. `'wasm-unsafe-eval'` lets WebAssembly be compiled (it allows no JavaScript
 * `eval`); the engine's worker and its helpers are files of this origin, so is what they fetch. Photos that a person chose are shown by
 * `blob:` addresses.
 */
const POLICY: Readonly<Record<string, string>> = {
  'default-src': `'none'`,
  'script-src': `'self' 'wasm-unsafe-eval'`,
  'worker-src': `'self'`,
  'connect-src': `'self'`,
  'style-src': `'self'`,
  'img-src': `'self' blob:`,
  'base-uri': `'none'`,
  'form-action': `'none'`,
  'frame-ancestors': `'none'`,
  'require-trusted-types-for': `'script'`,
  // `visavis`: the SDK's own, for workers; `lit-html`: its element's; `default` and `visavis-charts`: the demo's (demo/trust).
  'trusted-types': 'visavis lit-html visavis-charts default',
};

/** A header's policy; for a `<meta>` without what only a header may say. `script`: the source of what the page has between its tags. */
export function contentPolicy(place: 'header' | 'meta', script: string): string {
  return Object.entries({ ...POLICY, 'script-src': `${POLICY['script-src']} ${script}` })
    .filter(([directive]) => place === 'header' || directive !== 'frame-ancestors')
    .map((entry) => entry.join(' '))
    .join('; ');
}

/**
 * The dev server puts styles into the page by script, and talks to it by a socket; it rebuilds modules, which a policy of types would
 * hinder.
 */
export function developmentPolicy(): string {
  const kept = Object.fromEntries(Object.entries(POLICY).filter(([directive]) => !directive.includes('trusted-types')));
  return Object.entries({ ...kept, 'style-src': `'self' 'unsafe-inline'`, 'connect-src': `'self' ws: wss:` })
    .map((entry) => entry.join(' '))
    .join('; ');
}

/** Cross-origin isolation: without these two headers browsers give pages no SharedArrayBuffer, and WASM no threads. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const;

const OTHERS = {
  ...ISOLATION,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': [
    'camera=(self)',
    'publickey-credentials-create=(self)',
    'publickey-credentials-get=(self)',
    ...['microphone', 'geolocation', 'display-capture', 'usb', 'serial', 'hid', 'midi', 'payment', 'browsing-topics'].map(
      (name) => `${name}=()`,
    ),
  ].join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Of built pages; `script`: the source of their import map (`tools/importMap.ts`). */
export function pageHeaders(script: string): Record<string, string> {
  return { ...OTHERS, 'Content-Security-Policy': contentPolicy('header', script) };
}

export const DEVELOPMENT_HEADERS: Readonly<Record<string, string>> = { ...OTHERS, 'Content-Security-Policy': developmentPolicy() };

/** Of the server's own answers: no script at all. */
export const API_HEADERS: Readonly<Record<string, string>> = {
  ...OTHERS,
  'Permissions-Policy': 'camera=()',
  'Content-Security-Policy': `default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};
