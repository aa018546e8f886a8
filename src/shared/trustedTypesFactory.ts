/** The part of Trusted Types (W3C) that this SDK uses; not every version of TypeScript's library declares them. */
export interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): TrustedTypesPolicy;
}

export interface TrustedTypesPolicy {
  createScriptURL(url: string): unknown;
}

/** Undefined in browsers without Trusted Types. */
export function trustedTypesFactory(): TrustedTypesFactory | undefined {
  return (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
}
