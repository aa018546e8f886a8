import { createTrustPolicy } from './createTrustPolicy.js';

/**
 * Creates the page's policy for script addresses that are plain strings. Bundlers only follow workers in the form `new Worker(new URL(…))`,
 * which is one of those. Files of this origin pass, nothing else does. Call it once, before any worker starts.
 */
export function trustOwnWorkers(): void {
  createTrustPolicy('default', {
    createScriptURL(text) {
      const { href, origin, protocol } = new URL(text, document.baseURI);
      return origin === location.origin && protocol === location.protocol ? href : null;
    },
  });
}
