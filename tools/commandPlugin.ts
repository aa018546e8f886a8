import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { noticesPlugin } from './licenses/noticesPlugin.js';

/** What the command takes from elsewhere: the package's own entries, and the driver of the browser, which is an optional peer. */
const EXTERNAL = ['visavis', 'visavis/evaluation', 'visavis/importer', 'playwright-core'];

/** Builds the command `visavis` into `bin/` of the output folder, with all that it needs: whoever installs the package installs no more. */
export function commandPlugin(): Plugin {
  return {
    name: 'visavis:command',
    apply: 'build',
    writeBundle: {
      sequential: true,
      async handler({ dir }) {
        await build({
          configFile: false,
          logLevel: 'error',
          publicDir: false,
          plugins: [noticesPlugin()],
          ssr: { noExternal: true },
          build: {
            ssr: 'tools/visavis.ts',
            target: 'node20',
            outDir: join(dir!, 'bin'),
            minify: false,
            rolldownOptions: { external: EXTERNAL, output: { entryFileNames: 'visavis.js', chunkFileNames: '[name]-[hash].js' } },
          },
        });
      },
    },
  };
}
