import { BACKENDS, type Backend } from '../../shared/options.js';
import { attempt, openKept } from '../../shared/keptModels.js';

/** Which backend was measured to be the fastest in this browser. Nothing here ever rejects or hangs: what cannot be kept is measured again. */
export interface RememberedBackend {
  read(): Promise<Backend | null>;
  /** @param forMs for how long this holds; without it, for good */
  write(backend: Backend, forMs?: number): Promise<void>;
}

/** @param what was measured: another model, version or device asks again */
export function rememberedBackend(...what: readonly string[]): RememberedBackend {
  // A key, never requested; kept beside the models, so that `clearModelCache` forgets it too.
  const key = new URL(`https://visavis-backend.invalid/${what.map(encodeURIComponent).join('/')}`).href;
  return {
    async read() {
      const text = await attempt(async () => (await (await openKept())?.match(key))?.text());
      const [name, until] = text?.split(' ') ?? [];
      if (!(Date.now() < Number(until))) return null;
      return BACKENDS.find((backend) => backend === name) ?? null;
    },
    async write(backend, forMs = Infinity) {
      await attempt(async () => (await openKept())?.put(key, new Response(`${backend} ${Date.now() + forMs}`)));
    },
  };
}
