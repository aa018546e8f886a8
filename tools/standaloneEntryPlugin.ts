import { basename } from 'node:path';
import type { Plugin } from 'vite';
import { buildStandalone, type StandaloneOptions } from './buildStandalone.js';

/**
 * A file of the library that shares no chunk with the others: whatever it needs of them is duplicated in it. A worker in several files is
 * more than bundlers can follow, and shared chunks would move code out of the main bundle, which every page loads, for the sake of an
 * entry that few pages load.
 */
export function standaloneEntryPlugin(name: string, entry: string, options: StandaloneOptions): Plugin {
  return {
    name: `visavis:standalone-${name}`,
    apply: 'build',
    async generateBundle() {
      const { code, map } = await buildStandalone(entry, options);
      const link = map ? `//# sourceMappingURL=${basename(name)}.js.map\n` : '';
      this.emitFile({ type: 'asset', fileName: `${name}.js`, source: code + link });
      if (map) this.emitFile({ type: 'asset', fileName: `${name}.js.map`, source: map });
    },
  };
}
