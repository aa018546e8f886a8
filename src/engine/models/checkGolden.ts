import { normalizeL2 } from '../../matching/normalizeL2.js';
import type { Manifest } from '../../shared/Manifest.js';
import type { Backend } from '../../shared/options.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { digestDifference, goldenDigest } from './goldenDigest.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import type { Graph } from '../GraphRuntime.js';
import { INT8_FLOOR } from './assertGoldenFloor.js';

/** What ends a check that has begun; nothing else may run before. */
type GoldenCheck = () => Promise<void>;

/**
 * Begins to run a graph once, on a picture that code draws, to compare what it computes with what the manifest says. What it returns ends that, and
 * throws VisavisError `backend-unavailable` where the backend computes something else; `model-corrupt` where the manifest does not say.
 * @param outputs names, in the order in which the graph gives them
 */
export function beginCheck(graph: Graph, manifest: Manifest, outputs: readonly string[], backend: Backend): GoldenCheck {
  return manifest.embedder ? checkEmbedding(graph, manifest, backend) : checkOutputs(graph, manifest, outputs, backend);
}

/** Of the detector and the mesh, the reference is asked. */
function checkOutputs(graph: Graph, manifest: Manifest, outputs: readonly string[], backend: Backend): GoldenCheck {
  const { id, golden } = manifest;
  begin(graph, goldenInput(manifest));
  return async () => {
    const results = await graph.run();
    outputs.forEach((name, i) => {
      const expected = golden!.outputs[name];
      if (!expected)
        throw new VisavisError('model-corrupt', `The manifest of "${id}" has no golden output ${name}. Copy the models of this version.`);
      const difference = digestDifference(goldenDigest(results[i]!), expected);
      if (difference <= golden!.maxDifference) return;
      throw computesWrongly(
        backend,
        `"${id}"`,
        `${name} differs by ${difference.toPrecision(2)}, at most ${golden!.maxDifference} expected`,
      );
    });
  };
}

function begin(graph: Graph, input: Float32Array): void {
  graph.input.set(input);
  graph.begin?.();
}

/**
 * An embedder's golden embedding is the training framework's; in 8-bit integers, the reference's own, or near the other where
 * the manifest has none.
 */
function checkEmbedding(graph: Graph, { id, input, embedder }: Manifest, backend: Backend): GoldenCheck {
  const { golden: exact } = embedder!;
  const { embedding, minCosine } = graph.arithmetic === 'int8' ? (exact.int8 ?? { ...exact, minCosine: INT8_FLOOR }) : exact;
  const golden = normalizeL2(embedding);
  begin(graph, goldenPattern(input.size));
  return async () => {
    const [raw] = await graph.run();
    const cosine = unit(raw!).reduce((sum, v, i) => sum + v * golden[i]!, 0);
    if (cosine >= minCosine) return;
    throw computesWrongly(backend, `"${id}"`, `cosine ${cosine.toFixed(6)} to the golden embedding, at least ${minCosine} expected`);
  };
}

/** The pattern as a picture that is fed to a model. */
export function goldenInput({ input: { size, scale, offset } }: Manifest): Float32Array {
  return goldenPattern(size, (level) => level * scale + offset);
}

/** NaN throughout where zeros or NaN came out, which have no direction. */
function unit(raw: Float32Array): Float32Array {
  try {
    return normalizeL2(raw);
  } catch (error) {
    if (error instanceof RangeError) return raw.map(() => NaN);
    throw error;
  }
}

/** @param what it was to compute */
export function computesWrongly(backend: Backend, what: string, how: string, cause?: unknown): VisavisError {
  const other = backend === 'wasm' ? 'webgl' : 'wasm';
  const message = `${backend} computes ${what} wrongly on this device (${how}). Try backend: '${other}'.`;
  return new VisavisError('backend-unavailable', message, { cause });
}
