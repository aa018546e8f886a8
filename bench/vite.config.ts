import { join } from 'node:path';
import { defineConfig } from 'vite';
import { packedFilesPlugin } from '../tools/packedFilesPlugin.js';
import { threadScriptPlugin } from './threadScriptPlugin.js';

const PAGES = join(import.meta.dirname, 'pages');

/** Bundles what the page of the part "embedding" runs; all other pages are served as they are. */
export default defineConfig({
  root: PAGES,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [packedFilesPlugin(), threadScriptPlugin()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: '../.cache/built',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 10_000,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        embedding: join(PAGES, 'embedding.ts'),
        visavis: join(PAGES, 'workers/visavis.ts'),
        ...Object.fromEntries(['tensorflow', 'onnx', 'litert'].map((name) => [name, join(PAGES, `workers/${name}.js`)])),
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
