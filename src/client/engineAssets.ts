import KERNELS from 'virtual:visavis/kernels';
import { OCCLUSION_WEIGHTS } from '../quality/occlusionWeights.js';
import { TFJS_FILES, type EngineAssets } from '../shared/EngineService.js';

/**
 * What the engine is handed. TensorFlow.js is where the page says; else where a bundler has put it, or, where none followed these addresses,
 * beside the worker that the page has named.
 * @param tfjsUrl absolute URL of a folder
 * @param workerUrl absolute
 */
export function engineAssets(tfjsUrl: string | undefined, workerUrl: string | undefined): EngineAssets {
  const folder = tfjsUrl ?? (workerUrl?.startsWith('http') ? workerUrl : undefined);
  const places = (copied: URL, name: string) => [
    // Some bundlers put an object here whose `href` is a path.
    ...(tfjsUrl ? [] : [new URL(copied.href, document.baseURI).href]),
    ...(folder ? [new URL(name, folder).href] : []),
  ];
  return {
    kernels: KERNELS,
    occlusion: OCCLUSION_WEIGHTS,
    tfjs: {
      // Bundlers follow only the literal form.
      gpu: places(new URL('../engine/tfjs/tfjsGpu.ts', import.meta.url), TFJS_FILES.gpu),
      wasm: places(new URL('../engine/tfjs/tfjsWasm.ts', import.meta.url), TFJS_FILES.wasm),
    },
  };
}
