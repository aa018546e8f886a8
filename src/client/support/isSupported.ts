import { SUPPORT_FEATURES, type FeatureSupport, type Support, type SupportFeature } from '../../shared/support.js';
import { withinAwakeTime } from '../../shared/withinAwakeTime.js';
import { SUPPORT_ROWS, type SupportRow } from './supportRows.js';

/** Some drivers never answer. Milliseconds. */
const PATIENCE = 3000;

/**
 * What this browser can do of what visavis needs, each with a sentence. It asks the user for nothing, leaves nothing behind, and answers
 * within about three seconds; it never rejects, and also answers in workers, in Node and during server-side rendering.
 * @example
 * ```ts
 * const { ok, message, features } = await isSupported();
 * if (!ok) show(message);
 * else if (!features.camera.ok) show(features.camera.message);
 * ```
 */
export async function isSupported(): Promise<Support> {
  const found = await Promise.all(SUPPORT_FEATURES.map(async (name) => [name, await look(SUPPORT_ROWS[name])] as const));
  const features = Object.fromEntries(found) as Record<SupportFeature, FeatureSupport>;
  const computes = features.webAssembly.ok || features.webgl.ok ? [] : [features.webAssembly];
  const missing = [features.document, features.webCrypto, ...computes].find(({ ok }) => !ok);
  return { ok: !missing, message: missing?.message ?? 'visavis can verify faces here.', features };
}

async function look({ probe, failed = 'no', says }: SupportRow): Promise<FeatureSupport> {
  // A probe that throws at once is one that rejects.
  const answer = (async () => probe())().catch(() => failed);
  const value = await withinAwakeTime(answer, PATIENCE, () => failed);
  const [ok, message] = says[value]!;
  return { ok, value, message };
}
