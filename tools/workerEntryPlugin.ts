import type { Plugin } from 'vite';

/**
 * The library's worker is an entry of its own, referred to in the way that every bundler understands: `new Worker(new URL('./…',
 * import.meta.url))`. Vite would write a URL that the bundlers of pages that use the library take for a plain file, losing what the worker
 * imports. So a placeholder stands in for it until Vite is done.
 */
export function workerEntryPlugin(): Plugin {
  const SOURCE = `new URL('../worker/worker.ts', import.meta.url)`;
  const PLACE = '__VISAVIS_WORKER_URL__';
  return {
    name: 'visavis:worker-entry',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('src/client/openEngine.ts')) return null;
      if (!code.includes(SOURCE)) this.error('openEngine.ts has changed how it names the worker; see tools/workerEntryPlugin.ts');
      return { code: code.replace(SOURCE, PLACE), map: null };
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = file.code.replace(PLACE, 'new URL("./visavis-worker.js",import.meta.url)');
      }
    },
  };
}
