import type { CameraSurroundings } from './cameraError.js';

/** Chromium's; the standard's `document.permissionsPolicy` is nowhere yet. */
type WithPolicy = Document & { featurePolicy?: { allowsFeature: (feature: string) => boolean } };

/** @param chosen whether a certain camera was asked for */
export function cameraSurroundings(chosen: boolean): CameraSurroundings {
  const { featurePolicy } = document as WithPolicy;
  return { chosen, framed: window.parent !== window, policyAllows: featurePolicy?.allowsFeature('camera') ?? null };
}
