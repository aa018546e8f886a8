import { basename } from 'node:path';
import type { Plugin } from 'vite';
import { buildStandalone } from './buildStandalone.js';
import { ENGINE_FILES } from './engineFiles.js';
import { packBytes } from './packFiles.js';

const ID = 'virtual:visavis/worker-script';
const [WORKER] = ENGINE_FILES;

/** The worker's whole script as a module of text, for the entry that has no second file: in the dev server too, as it was when first asked. */
export function inlineWorkerPlugin(): Plugin {
  return {
    name: 'visavis:inline-worker',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    async load(id) {
      if (id !== `\0${ID}`) return null;
      const { code } = await buildStandalone(WORKER.entry);
      return `export default ${JSON.stringify(packBytes([[`${basename(WORKER.name)}.js`, Buffer.from(code)]]))};`;
    },
  };
}
