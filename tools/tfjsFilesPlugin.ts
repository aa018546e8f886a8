import { basename } from 'node:path';
import type { Plugin } from 'vite';
import { buildStandalone } from './buildStandalone.js';
import { ENGINE_FILES, sourceAddress } from './engineFiles.js';

/** For pages that are built from the sources: TensorFlow.js's files stand by themselves there too. (The worker Vite builds itself.) */
export function tfjsFilesPlugin(): Plugin {
  const files = ENGINE_FILES.filter(({ name }) => name.includes('tfjs'));
  return {
    name: 'visavis:tfjs-files',
    apply: 'build',
    enforce: 'pre',
    transform: {
      order: 'pre',
      filter: { id: /src\/client\/bridge\/engineBeside\.ts$/ },
      async handler(code) {
        let replaced = code;
        for (const file of files) {
          const { code: source } = await buildStandalone(file.entry);
          const reference = this.emitFile({ type: 'asset', name: `${basename(file.name)}.js`, source });
          replaced = replaced.replace(sourceAddress(file), `new URL(import.meta.ROLLUP_FILE_URL_${reference})`);
        }
        return { code: replaced, map: null };
      },
    },
  };
}
