import KERNELS from 'virtual:visavis/kernels';
import { OCCLUSION_WEIGHTS } from '../../quality/occlusionWeights.js';
import { TFJS_FILES, type EngineAssets } from '../../shared/EngineService.js';
import type { EngineCode } from './EngineCode.js';

/**
 * What the engine is handed. TensorFlow.js is where the page says; else where a bundler has put it, or, where none followed these addresses,
 * beside the worker that the page has named.
 * @param tfjsUrl absolute URL of a folder
 * @param workerUrl absolute
 */
export function engineAssets(code: EngineCode, tfjsUrl: string | undefined, workerUrl: string | undefined): EngineAssets {
  const folder = tfjsUrl ?? (workerUrl?.startsWith('http') ? workerUrl : undefined);
  const known = tfjsUrl ? { gpu: [], wasm: [] } : code.tfjs();
  const places = (part: keyof typeof TFJS_FILES) => [
    // Some bundlers put an object here whose `href` is a path.
    ...known[part].map(({ href }) => new URL(href, document.baseURI).href),
    ...(folder ? [new URL(TFJS_FILES[part], folder).href] : []),
  ];
  return { kernels: KERNELS, occlusion: OCCLUSION_WEIGHTS, tfjs: { gpu: places('gpu'), wasm: places('wasm') } };
}
