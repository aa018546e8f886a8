import { build, type Plugin } from 'vite';
import { noticesPlugin } from './licenses/noticesPlugin.js';
import { packedFilesPlugin } from './packedFilesPlugin.js';

export interface StandaloneScript {
  readonly code: string;
  /** The source map, as JSON; null where none was asked for. */
  readonly map: string | null;
}

export interface StandaloneOptions {
  readonly sourcemap?: boolean;
  /** What the entry needs beside the packed files. */
  readonly plugins?: readonly Plugin[];
  /** Which of a package's builds are taken, in place of those for browsers. */
  readonly conditions?: readonly string[];
}

/** One module and all that it imports, now or later, as one minified script that needs no other file. */
export async function buildStandalone(
  entry: string,
  { sourcemap = false, plugins = [], conditions }: StandaloneOptions = {},
): Promise<StandaloneScript> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [packedFilesPlugin(), ...plugins, noticesPlugin()],
    ...(conditions && { resolve: { conditions: [...conditions] } }),
    // TensorFlow.js asks whether it is in Node; bundlers would put something in its place.
    define: { process: 'undefined', Buffer: 'undefined' },
    build: {
      write: false,
      target: 'es2022',
      sourcemap: sourcemap && 'hidden',
      // The map's paths are relative to where the script will lie.
      outDir: 'dist',
      lib: { entry: { entry }, formats: ['es'] },
      rolldownOptions: { output: { minify: true, codeSplitting: false } },
    },
  });
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : [];
  const scripts = outputs.filter(({ fileName }) => fileName.endsWith('.js'));
  const [script] = scripts;
  if (script?.type !== 'chunk' || scripts.length > 1) throw new Error(`expected ${entry} as one file, got ${scripts.length}`);
  return { code: script.code, map: script.map ? JSON.stringify(script.map) : null };
}
