import type { Plugin } from 'vite';
import { ENGINE_FILES, sourceAddress } from './engineFiles.js';

const WORKER = '../../worker/worker.js';

/**
 * Writes the addresses of the engine's files in the one form that every bundler follows, `new URL('…', import.meta.url)`, where Vite would
 * write what they take for something else. `visavis/visavis-worker.js` can be read in two ways: as the path from this file, which a browser
 * takes, and as a file that the package exports, which is found too where a dev server has moved this file but not those beside it (Vite
 * before 8). Placeholders stand in for them until Vite is done; they are as long as what they stand
 * for, so that source maps stay right.
 */
export function libraryAddressesPlugin(): Plugin {
  const places = ENGINE_FILES.map((file, i) => {
    const address = `new URL("${file.name}.js",import.meta.url)`;
    return { source: sourceAddress(file), address, placeholder: `__VISAVIS_FILE_${i}`.padEnd(address.length, '_'), found: false };
  });
  return {
    name: 'visavis:library-addresses',
    enforce: 'pre',
    resolveId(id, importer) {
      // Where there are no workers the page itself imports the worker's script.
      return id === WORKER && importer?.endsWith('src/client/bridge/engineBeside.ts')
        ? { id: `./${ENGINE_FILES[0].name}.js`, external: true }
        : null;
    },
    transform(code, id) {
      if (!id.includes('/src/client/')) return null;
      let replaced = code;
      for (const place of places) {
        if (!replaced.includes(place.source)) continue;
        place.found = true;
        replaced = replaced.replace(place.source, place.placeholder);
      }
      return replaced === code ? null : { code: replaced, map: null };
    },
    generateBundle(_options, bundle) {
      for (const { source, address, placeholder, found } of places) {
        if (!found) this.error(`no module of src/client/ says ${source}: see tools/engineFiles.ts`);
        let count = 0;
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          count += file.code.split(placeholder).length - 1;
          file.code = file.code.replace(placeholder, address);
        }
        if (count !== 1) this.error(`expected ${address} once, got it ${count} times`);
      }
    },
  };
}
