import type { EngineAssets, EngineOptions, FrameData, LookRequest } from '../shared/EngineService.js';
import { describe } from '../shared/describe.js';
import { faultOfPixels } from '../shared/faultOfPixels.js';
import { assertIntegrity } from '../shared/integrity.js';
import { isArithmetic } from '../shared/isArithmetic.js';
import { isA } from '../shared/isA.js';
import { BACKENDS } from '../shared/options.js';
import { VERSION } from '../shared/version.js';
import { VisavisError } from '../shared/VisavisError.js';

/** What may come over a message port is checked before the engine sees it: each of these throws a TypeError or RangeError. */
export function assertFrame(frame: unknown): asserts frame is FrameData {
  if (isA(frame, 'ImageData')) {
    if (faultOfPixels(frame)) throw new TypeError(`expected 8-bit sRGB pixels that fill the picture, got ${describe(frame.data)}`);
  } else if (!isA(frame, 'ImageBitmap') && !isA(frame, 'VideoFrame')) {
    throw new TypeError(`expected a frame, an ImageBitmap, VideoFrame or ImageData, got ${describe(frame)}`);
  }
}

export function assertStream(stream: unknown): asserts stream is number | null {
  if (stream !== null && !Number.isSafeInteger(stream)) throw new TypeError(`expected a stream's number or null, got ${describe(stream)}`);
}

/** @param stream checked already */
export function assertSmall(small: unknown, stream: number | null): asserts small is boolean {
  if (typeof small !== 'boolean') throw new TypeError(`expected small to be true or false, got ${describe(small)}`);
  if (small && stream !== null) throw new TypeError('expected no stream where small faces are searched for, got one');
}

export function assertLookRequest(options: unknown): asserts options is LookRequest {
  const { select, gate, stream } = objectOf<LookRequest>(options, 'how to look');
  if (select !== 'only' && select !== 'central') throw new RangeError(`expected select 'only' or 'central', got ${describe(select)}`);
  if (typeof gate !== 'boolean') throw new TypeError(`expected gate to be true or false, got ${describe(gate)}`);
  assertStream(stream);
}

export function assertEngineOptions(options: unknown): asserts options is EngineOptions {
  const { version, assets, modelsUrl, model, backend, arithmetic, cache, integrity } = objectOf<EngineOptions>(options, 'engine options');
  if (version !== VERSION) {
    const advice = 'copy the files of dist/ from one version, or let a bundler do it.';
    throw new VisavisError(
      'backend-unavailable',
      `The worker is of visavis ${VERSION}, the page's library of ${describe(version)}: ${advice}`,
    );
  }
  assertAssets(assets);
  if (typeof modelsUrl !== 'string' || !isUrl(modelsUrl)) throw new TypeError(`expected an absolute modelsUrl, got ${describe(modelsUrl)}`);
  if (typeof model !== 'string' || model === '') throw new TypeError(`expected a model's id, got ${describe(model)}`);
  if (backend !== 'auto' && !BACKENDS.some((known) => known === backend))
    throw new RangeError(`expected a backend, got ${describe(backend)}`);
  if (arithmetic !== undefined && !isArithmetic(arithmetic)) throw new RangeError(`expected an arithmetic, got ${describe(arithmetic)}`);
  if (typeof cache !== 'boolean') throw new TypeError(`expected cache to be true or false, got ${describe(cache)}`);
  if (integrity !== undefined) assertIntegrity(integrity);
}

function assertAssets(assets: unknown): asserts assets is EngineAssets {
  const { kernels, occlusion, tfjs } = objectOf<EngineAssets>(assets, "the engine's assets");
  const { data, places } = objectOf<EngineAssets['kernels']>(kernels, 'the kernels');
  if (typeof data !== 'string') throw new TypeError(`expected the kernels as text, got ${describe(data)}`);
  objectOf(places, "the kernels' places");
  if (typeof occlusion !== 'string') throw new TypeError(`expected weights as text, got ${describe(occlusion)}`);
  const { gpu, wasm } = objectOf<EngineAssets['tfjs']>(tfjs, 'addresses of TensorFlow.js');
  for (const urls of [gpu, wasm]) {
    if (!Array.isArray(urls) || !urls.every((url) => typeof url === 'string' && isUrl(url))) {
      throw new TypeError(`expected absolute URLs of TensorFlow.js, got ${describe(urls)}`);
    }
  }
}

function objectOf<T>(value: unknown, what: string): Partial<T> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`expected ${what}, got ${describe(value)}`);
  return value;
}

/** `URL.canParse` is newer than the oldest browsers that this has to run in. */
function isUrl(text: string): boolean {
  try {
    return Boolean(new URL(text));
  } catch {
    return false;
  }
}
