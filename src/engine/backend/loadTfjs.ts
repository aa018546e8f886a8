import { TFJS_FILES, type TfjsPart } from '../../shared/EngineService.js';
import { VERSION } from '../../shared/version.js';
import type { TfjsGpu } from '../tfjs/tfjsGpu.js';
import type { TfjsWasm } from '../tfjs/tfjsWasm.js';
import { NotLoaded } from './NotLoaded.js';
import { tfjsKey } from './tfjsKey.js';

interface Parts {
  gpu: TfjsGpu;
  wasm: TfjsWasm;
}

/**
 * A part of TensorFlow.js, from the first of these addresses that has it. Bundlers must neither follow nor change this import: it is of a
 * file that stands by itself, and what that offers lies under `tfjsKey`, whatever a bundler has made of the file's exports.
 * @throws NotLoaded that names the addresses that failed and says what mends it
 */
export async function loadTfjs<P extends TfjsPart>(part: P, urls: readonly string[]): Promise<Parts[P]> {
  const failures = urls.length > 0 ? [] : ['the page does not say where TensorFlow.js is'];
  for (const url of urls) {
    try {
      await import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ url);
    } catch (cause) {
      failures.push(`${url} could not be loaded (${(cause as Error).message})`);
      continue;
    }
    const found = (globalThis as unknown as Record<symbol, Parts[P] | undefined>)[tfjsKey(part)];
    if (found) return found;
    failures.push(`${url} is not that file of visavis ${VERSION}`);
  }
  const name = TFJS_FILES[part];
  throw new NotLoaded(`${failures.join('; ')}. Serve the package's dist/visavis/${name}, and name its folder by tfjsUrl`);
}
