import { build, type Plugin } from 'vite';
import { noticesPlugin } from './licenses/noticesPlugin.js';

/**
 * An entry of the library that shares no chunk with the others: whatever it needs of them is duplicated in its file. Shared chunks would
 * move code out of the main bundle, which every page loads, into additional files, for the sake of an entry that few pages load.
 */
export function standaloneEntryPlugin(name: string, entry: string): Plugin {
  return {
    name: `visavis:standalone-${name}`,
    apply: 'build',
    async generateBundle() {
      const built = await build({
        configFile: false,
        logLevel: 'error',
        publicDir: false,
        plugins: [noticesPlugin()],
        build: {
          write: false,
          target: 'es2022',
          lib: { entry: { [name]: entry }, formats: ['es'] },
          rollupOptions: { output: { minify: true } },
        },
      });
      const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : [];
      const [chunk, ...others] = outputs;
      if (chunk?.type !== 'chunk' || others.length > 0) this.error(`expected ${entry} as one file, got ${outputs.length}`);
      this.emitFile({ type: 'asset', fileName: `${name}.js`, source: chunk.code });
    },
  };
}
