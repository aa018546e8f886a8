import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';
import { DEVELOPMENT_HEADERS, pageHeaders } from './demo/server/securityHeaders.js';
import { serverPlugin } from './demo/server/serverPlugin.js';
import { commandPlugin } from './tools/commandPlugin.js';
import { hardenedPagesPlugin } from './tools/hardenedPagesPlugin.js';
import { ELEMENT_CONDITIONS, elementFrameworksPlugin, elementPlugin, elementWordsPlugin } from './tools/elementPlugin.js';
import { ENGINE_FILES } from './tools/engineFiles.js';
import { builtMapSource } from './tools/importMap.js';
import { inlineWorkerPlugin } from './tools/inlineWorkerPlugin.js';
import { integrityPlugin } from './tools/integrityPlugin.js';
import { modelListPlugin } from './tools/modelListPlugin.js';
import { noticesPlugin } from './tools/licenses/noticesPlugin.js';
import { thirdPartyPlugin } from './tools/licenses/thirdPartyPlugin.js';
import { libraryAddressesPlugin } from './tools/libraryAddressesPlugin.js';
import { packedFilesPlugin } from './tools/packedFilesPlugin.js';
import { standaloneEntryPlugin } from './tools/standaloneEntryPlugin.js';
import { tfjsFilesPlugin } from './tools/tfjsFilesPlugin.js';

/** Found only once the worker runs: named beforehand, so that the dev server need not reload the page when it meets them. */
export const LATE_DEPENDENCIES = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-converter',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgl',
  '@tensorflow/tfjs-backend-webgpu',
  'wasm-feature-detect',
  'comlink',
  'idb',
  '@noble/hashes/argon2.js',
  '@simplewebauthn/browser',
  'lit',
];

/** What is beside the main entry, each a file of its own. */
const STANDALONE = [
  ...ENGINE_FILES,
  ...['evaluation', 'inline', 'server'].map((name) => ({ name, entry: `src/${name}.ts`, sourcemap: true })),
  // What no page of an app's users loads goes without: its maps would be a tenth of the package.
  ...['importer', 'testing'].map((name) => ({ name, entry: `src/${name}.ts`, sourcemap: false })),
  ...['stores/sqlite', 'stores/postgres', 'stores/redis', 'adapters/hono', 'adapters/express', 'adapters/fastify'].map((path) => ({
    ...{ name: `server/${path.split('/')[1]}`, entry: `src/server/${path}.ts`, sourcemap: true },
  })),
];

/** The element, registered by its first file and not by the other; neither shares code with the other, and a page takes one. */
const ELEMENT = [
  { name: 'element', entry: 'src/element.ts' },
  { name: 'element/class', entry: 'src/element/elementClass.ts' },
];

/** Every `demo/*.html` is a page of the demo. */
function demoPages(): string[] {
  const folder = join(import.meta.dirname, 'demo');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .map((name) => join(folder, name));
}

/** `vite build --mode demo` builds the pages, `vite build` the library: ES modules, and what they start or load beside them. */
export default defineConfig(({ mode, command, isPreview }): UserConfig => {
  const library = command === 'build' && mode !== 'demo';
  return {
    root: library ? '.' : 'demo',
    // Relative URLs: the library and the page work from any folder of any server.
    base: './',
    publicDir: library ? false : '../public',
    appType: 'mpa',
    plugins: [
      packedFilesPlugin(),
      ...(library
        ? [
            libraryAddressesPlugin(),
            noticesPlugin(),
            ...STANDALONE.map(({ name, entry, sourcemap }) =>
              standaloneEntryPlugin(name, entry, { sourcemap, plugins: [inlineWorkerPlugin()] }),
            ),
            ...ELEMENT.map(({ name, entry }) =>
              standaloneEntryPlugin(name, entry, {
                sourcemap: false,
                plugins: [elementPlugin(`${name}.js`)],
                conditions: ELEMENT_CONDITIONS,
              }),
            ),
            elementFrameworksPlugin(),
            elementWordsPlugin(),
            commandPlugin(),
            thirdPartyPlugin(),
            integrityPlugin(),
          ]
        : [
            inlineWorkerPlugin(),
            tfjsFilesPlugin(),
            serverPlugin(),
            modelListPlugin(join(import.meta.dirname, 'public/models')),
            hardenedPagesPlugin(),
          ]),
    ],
    optimizeDeps: { include: LATE_DEPENDENCIES },
    worker: { format: 'es', plugins: () => [packedFilesPlugin()] },
    server: { headers: DEVELOPMENT_HEADERS, port: 5173 },
    preview: { headers: isPreview ? pageHeaders(builtMapSource(join(import.meta.dirname, 'demo-dist'))) : {}, port: 4173 },
    build: {
      target: 'es2022',
      outDir: library ? 'dist' : '../demo-dist',
      emptyOutDir: true,
      assetsInlineLimit: 0,
      sourcemap: library,
      ...(library
        ? {
            lib: { entry: { visavis: 'src/index.ts' }, formats: ['es'] },
            rolldownOptions: { output: { chunkFileNames: 'chunks/[name]-[hash].js', minify: true }, checks: { pluginTimings: false } },
          }
        : { rolldownOptions: { input: demoPages(), checks: { pluginTimings: false } } }),
    },
  };
});
