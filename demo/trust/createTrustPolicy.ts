interface Rules {
  createScriptURL?: (url: string) => string | null;
  createHTML?: (text: string) => string;
}
export interface TrustPolicy {
  createHTML: (text: string) => string;
}
type Factory = { createPolicy: (name: string, rules: Rules) => TrustPolicy } | undefined;

/** Null in browsers without Trusted Types. */
export function createTrustPolicy(name: string, rules: Rules): TrustPolicy | null {
  return (globalThis as { trustedTypes?: Factory }).trustedTypes?.createPolicy(name, rules) ?? null;
}
