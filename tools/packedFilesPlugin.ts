import { join } from 'node:path';
import type { Plugin } from 'vite';
import { packFiles } from './packFiles.js';

const ROOT = join(import.meta.dirname, '..');
const KERNELS = join(ROOT, 'src/engine/kernels');
const TFJS = join(ROOT, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');

/** What each module holds, in the order that deflates best. */
const MODULES: Record<string, readonly string[]> = {
  'virtual:visavis/kernels': ['simd-threads', 'simd', 'relaxed-threads', 'relaxed'].map((name) => join(KERNELS, `kernels-${name}.wasm`)),
  'virtual:visavis/tfjs-wasm': ['tfjs-backend-wasm', 'tfjs-backend-wasm-simd'].map((name) => join(TFJS, `${name}.wasm`)),
};

/** WebAssembly files as modules of text, in every build and in the dev server: files beside a script are what bundlers lose. */
export function packedFilesPlugin(): Plugin {
  return {
    name: 'visavis:packed-files',
    resolveId: (id) => (id in MODULES ? `\0${id}` : null),
    async load(id) {
      const paths = id.startsWith('\0') ? MODULES[id.slice(1)] : undefined;
      if (!paths) return null;
      for (const path of paths) this.addWatchFile(path);
      return `export default ${JSON.stringify(await packFiles(paths))};`;
    },
  };
}
