import { normalizeL2 } from '../../matching/normalizeL2.js';
import type { Manifest } from '../../shared/Manifest.js';
import type { Backend } from '../../shared/options.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { digestDifference, goldenDigest } from './goldenDigest.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import type { Graph } from '../GraphRuntime.js';
import { INT8_FLOOR } from './assertGoldenFloor.js';

/**
 * Runs the detector's or the mesh's graph once, on a picture that code draws, and compares with what the manifest says that the reference
 * computes.
 * @throws VisavisError `backend-unavailable` where the backend computes something else; `model-corrupt` where the manifest does not say
 * @param outputs names, in the order in which the graph gives them
 */
export async function checkOutputs(graph: Graph, manifest: Manifest, outputs: readonly string[], backend: Backend): Promise<void> {
  const { id, golden } = manifest;
  graph.input.set(goldenInput(manifest));
  const results = await graph.run();
  outputs.forEach((name, i) => {
    const expected = golden!.outputs[name];
    if (!expected)
      throw new VisavisError(
        'model-corrupt',
        `The manifest of "${id}" has no golden output ${name}. Copy the models folder of this version.`,
      );
    const difference = digestDifference(goldenDigest(results[i]!), expected);
    if (difference <= golden!.maxDifference) return;
    throw computesWrongly(backend, id, `${name} differs by ${difference.toPrecision(2)}, at most ${golden!.maxDifference} expected`);
  });
}

/**
 * The same for an embedder, whose golden embedding is the training framework's; in 8-bit integers, the reference's own, or near the other where
 * the manifest has none.
 */
export async function checkEmbedding(graph: Graph, { id, input, embedder }: Manifest, backend: Backend): Promise<void> {
  const { golden: exact } = embedder!;
  const { embedding, minCosine } = graph.arithmetic === 'int8' ? (exact.int8 ?? { ...exact, minCosine: INT8_FLOOR }) : exact;
  const golden = normalizeL2(embedding);
  graph.input.set(goldenPattern(input.size));
  const [raw] = await graph.run();
  const cosine = unit(raw!).reduce((sum, v, i) => sum + v * golden[i]!, 0);
  if (cosine >= minCosine) return;
  throw computesWrongly(backend, id, `cosine ${cosine.toFixed(6)} to the golden embedding, at least ${minCosine} expected`);
}

/** The pattern as a picture that is fed to a model. */
export function goldenInput({ input: { size, scale, offset } }: Manifest): Float32Array {
  return goldenPattern(size).map((v) => (v + 1) * 127.5 * scale + offset);
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

function computesWrongly(backend: Backend, id: string, how: string): VisavisError {
  const other = backend === 'wasm' ? 'webgl' : 'wasm';
  const message = `${backend} computes "${id}" wrongly on this device (${how}). Try backend: '${other}'.`;
  return new VisavisError('backend-unavailable', message);
}
