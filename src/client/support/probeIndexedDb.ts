import type { SupportValue } from '../../shared/support.js';

/** Begins to create a database and calls that off: nothing stays behind. Rejects, or the property throws, where storing is forbidden. */
export function probeIndexedDb(): Promise<SupportValue> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === 'undefined') {
      resolve('no');
      return;
    }
    const request = indexedDB.open(`visavis-probe-${crypto.randomUUID?.() ?? Math.random()}`);
    request.onupgradeneeded = () => {
      request.transaction!.abort();
      resolve('yes');
    };
    request.onerror = (event) => {
      // What is called off is an error, which the page should not hear of.
      event.preventDefault();
      reject(new Error('IndexedDB refused', { cause: request.error }));
    };
  });
}
