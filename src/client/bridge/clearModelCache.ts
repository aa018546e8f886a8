import { MODEL_CACHE_NAME } from '../../shared/modelCacheName.js';

/**
 * Deletes every model file that visavis keeps in this browser for this origin; the next verifier downloads its models again. Verifiers that
 * are already loaded keep working. Models are not personal data; templates are in the vault. If the browser gives the page no cache, there
 * is nothing to delete. Rejects with the browser's own DOMException if there is a cache and deleting it fails.
 */
export async function clearModelCache(): Promise<void> {
  try {
    await globalThis.caches?.delete(MODEL_CACHE_NAME);
  } catch (error) {
    // A page without storage (sandboxed, or with site data blocked) may not even look; nothing was kept for it.
    if ((error as Partial<DOMException> | null)?.name !== 'SecurityError') throw error;
  }
}
