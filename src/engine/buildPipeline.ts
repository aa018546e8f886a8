import { normalizeL2 } from '../matching/normalizeL2.js';
import type { Manifest } from '../shared/Manifest.js';
import { VisavisError } from '../shared/VisavisError.js';
import { Embedder, EMBEDDER_OUTPUTS } from './Embedder.js';
import { DETECTOR_OUTPUTS, FaceDetector } from './FaceDetector.js';
import { FaceMesher, MESH_OUTPUTS } from './FaceMesher.js';
import { FacePipeline } from './FacePipeline.js';
import { goldenPattern } from './goldenPattern.js';
import type { Graph } from './GraphRuntime.js';
import type { Model } from './loadModel.js';
import type { Models } from './loadModels.js';
import type { OpenBackend } from './openBackend.js';

export interface BuiltPipeline {
  readonly pipeline: FacePipeline;
  readonly embedder: Embedder;
  /** The work for one followed face, on a picture without any: to measure what it takes. */
  exercise(): Promise<void>;
  dispose(): void;
}

/** A frame in a picture of 8 × 8 pixels. */
const WARM_UP_FRAME = { center: { x: 4, y: 4 }, side: 4, rightEye: { x: 2, y: 3 }, leftEye: { x: 6, y: 3 } };

/**
 * Loads the graphs onto a backend and runs each once: that compiles whatever the backend compiles lazily, and proves with the model's
 * golden embedding that this device computes what the training framework computed. Throws `backend-unavailable` where it does not.
 */
export async function buildPipeline({ backend, runtime }: OpenBackend, models: Models): Promise<BuiltPipeline> {
  const graphs: Graph[] = [];
  const load = ({ files, manifest }: Model, outputs: readonly string[]) => {
    const graph = runtime.load(files, { size: manifest.input.size, outputs });
    graphs.push(graph);
    return graph;
  };
  const dispose = () => graphs.splice(0).forEach((graph) => graph.dispose());
  try {
    const detector = new FaceDetector(load(models.detector, DETECTOR_OUTPUTS), models.detector.manifest.input);
    const mesher = new FaceMesher(load(models.mesh, MESH_OUTPUTS), models.mesh.manifest.input);
    const embedder = new Embedder(load(models.embedder, EMBEDDER_OUTPUTS), models.embedder.manifest.input);
    const blank = () => runtime.picture({ width: 8, height: 8, data: new Uint8ClampedArray(8 * 8 * 4) });
    await detector.detect(blank());
    await mesher.locate(blank(), WARM_UP_FRAME);
    await checkGolden(embedder, models.embedder.manifest, backend);
    return {
      pipeline: new FacePipeline(detector, mesher, embedder),
      embedder,
      async exercise() {
        const picture = blank();
        await mesher.locate(picture, WARM_UP_FRAME);
        embedder.crop(picture, { a: 1, b: 0, tx: 0, ty: 0 });
        // What comes out of such a crop may be any vector.
        await embedder.embed();
      },
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

async function checkGolden(embedder: Embedder, { id, embedder: details }: Manifest, backend: string): Promise<void> {
  const { embedding, minCosine } = details!.golden;
  const golden = normalizeL2(embedding);
  embedder.input.set(goldenPattern(embedder.size));
  const actual = await embedder.embed().catch((error: unknown) => {
    if (error instanceof RangeError) return golden.map(() => NaN); // zeros or NaN came out, which have no direction
    throw error;
  });
  const cosine = actual.reduce((sum, v, i) => sum + v * golden[i]!, 0);
  if (!(cosine >= minCosine)) {
    const other = backend === 'wasm' ? 'webgl' : 'wasm';
    throw new VisavisError(
      'backend-unavailable',
      `${backend} computes "${id}" wrongly on this device (cosine ${cosine.toFixed(6)} to the golden embedding, at least ${minCosine} expected). Try backend: '${other}'.`,
    );
  }
}
