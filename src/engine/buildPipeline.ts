import type { OcclusionNetwork } from '../quality/occlusionNetwork.js';
import { VisavisError } from '../shared/VisavisError.js';
import { checkEmbedding, checkOutputs } from './models/checkGolden.js';
import { Embedder, EMBEDDER_OUTPUTS } from './Embedder.js';
import { DETECTOR_OUTPUTS, FaceDetector } from './FaceDetector.js';
import { FaceMesher, MESH_OUTPUTS } from './FaceMesher.js';
import { FacePipeline } from './FacePipeline.js';
import type { Arithmetic, ArithmeticChoice } from '../shared/Arithmetic.js';
import type { Graph, GraphRuntime } from './GraphRuntime.js';
import type { Model } from './models/loadModel.js';
import type { OpenBackend } from './backend/openBackend.js';

/** What a pipeline computes with; the models may still be loading. */
export interface PipelineModels {
  readonly detector: Model | Promise<Model>;
  readonly mesh: Model | Promise<Model>;
  readonly embedder: Model | Promise<Model>;
  readonly occlusion: OcclusionNetwork;
  /** What to multiply; default `auto`. */
  readonly arithmetic?: ArithmeticChoice;
}

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
 * Loads the graphs onto a backend and runs each once: that compiles whatever the backend compiles lazily, and proves with their
 * golden outputs that this device computes what the reference and the training framework computed. A model that rounding to fewer bits
 * takes too far from that is loaded with more. Each is as soon as it has arrived, while the others still download.
 * @throws VisavisError `backend-unavailable` where the backend computes something else all the same; what the models reject with
 */
export async function buildPipeline({ backend, runtime }: OpenBackend, models: PipelineModels): Promise<BuiltPipeline> {
  const { arithmetic = 'auto' } = models;
  const graphs: Graph[] = [];
  const load = ({ files, manifest }: Model, outputs: readonly string[], arithmetic?: Arithmetic) => {
    const graph = runtime.load(files, { size: manifest.input.size, outputs, arithmetic });
    graphs.push(graph);
    return graph;
  };
  const loadChecked = async (
    model: Model,
    outputs: readonly string[],
    check: (graph: Graph) => Promise<void>,
    arithmetic?: Arithmetic,
  ): Promise<Graph> => {
    const graph = load(model, outputs, arithmetic);
    try {
      await check(graph);
      return graph;
    } catch (error) {
      const isWrong = error instanceof VisavisError && error.code === 'backend-unavailable';
      if (!isWrong || graph.arithmetic === 'float32') throw error;
    }
    graphs.splice(graphs.indexOf(graph), 1);
    graph.dispose();
    return loadChecked(model, outputs, check, graph.arithmetic === 'int8' ? 'int16' : 'float32');
  };
  const dispose = () => graphs.splice(0).forEach((graph) => graph.dispose());
  try {
    const loadPart = async (given: PipelineModels['mesh'], outputs: readonly string[], arithmetic?: Arithmetic) => {
      const model = await given;
      const graph = await loadChecked(model, outputs, (graph) => checkOutputs(graph, model.manifest, outputs, backend), arithmetic);
      return [graph, model.manifest] as const;
    };
    // A fortieth of its time would be saved, at 0.6 % of its results.
    const [detection, detectorManifest] = await loadPart(models.detector, DETECTOR_OUTPUTS, 'float32');
    const [mesh, meshManifest] = await loadPart(models.mesh, MESH_OUTPUTS, arithmetic === 'float32' ? 'float32' : 'int16');
    const model = await models.embedder;
    const embedding = await loadChecked(
      model,
      EMBEDDER_OUTPUTS,
      (graph) => checkEmbedding(graph, model.manifest, backend),
      arithmetic === 'auto' ? fastestOf(runtime, model) : arithmetic,
    );
    const detector = new FaceDetector(detection, detectorManifest.input);
    const mesher = new FaceMesher(mesh, meshManifest.input);
    const embedder = new Embedder(embedding, model.manifest);
    const blank = () => runtime.picture({ width: 8, height: 8, data: new Uint8ClampedArray(8 * 8 * 4) });
    return {
      pipeline: new FacePipeline(detector, mesher, embedder, models.occlusion),
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

/** 8-bit integers only of a model that was measured with them, and says what they give. */
function fastestOf({ fastest }: GraphRuntime, { manifest }: Model): Arithmetic {
  return fastest === 'int8' && !manifest.embedder?.golden.int8 ? 'int16' : fastest;
}
