import { BACKENDS, type Backend } from '../../shared/options.js';
import { MODEL_CACHE_NAME } from '../../shared/modelCacheName.js';

/** Which backend was measured to be the fastest in this browser. Nothing here ever rejects: what cannot be kept is measured again. */
export interface RememberedBackend {
  read(): Promise<Backend | null>;
  write(backend: Backend): Promise<void>;
}

/** @param what was measured: another model, version or device asks again */
export function rememberedBackend(...what: readonly string[]): RememberedBackend {
  // A key, never requested; kept beside the models, so that `clearModelCache` forgets it too.
  const key = new URL(`https://visavis-backend.invalid/${what.map(encodeURIComponent).join('/')}`).href;
  return {
    async read() {
      try {
        const text = await (await (await caches.open(MODEL_CACHE_NAME)).match(key))?.text();
        return BACKENDS.find((backend) => backend === text) ?? null;
      } catch {
        return null;
      }
    },
    async write(backend) {
      try {
        await (await caches.open(MODEL_CACHE_NAME)).put(key, new Response(backend));
      } catch {
        // No storage here.
      }
    },
  };
}
