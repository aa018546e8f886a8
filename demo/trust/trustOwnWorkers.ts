import { createTrustPolicy } from './createTrustPolicy.js';

/**
 * Makes the page's policy for script addresses that come as plain texts. Bundlers follow workers only in the form `new Worker(new URL(…))`, which is
 * one: files of this origin pass, nothing else does. Called once, before any worker is started.
 */
export function trustOwnWorkers(): void {
  createTrustPolicy('default', {
    createScriptURL(text) {
      const { href, origin, protocol } = new URL(text, document.baseURI);
      return origin === location.origin && protocol === location.protocol ? href : null;
    },
  });
}
