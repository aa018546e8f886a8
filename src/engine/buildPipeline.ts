import type { Picture } from '../geometry/Picture.js';
import type { OcclusionNetwork } from '../quality/occlusionNetwork.js';
import { Embedder, EMBEDDER_OUTPUTS } from './Embedder.js';
import { MEASURED } from './measuredCrop.js';
import { DETECTOR_OUTPUTS, FaceDetector } from './FaceDetector.js';
import { FaceMesher, MESH_OUTPUTS } from './FaceMesher.js';
import { GoldenChecks, type Part } from './GoldenChecks.js';
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
  readonly occlusion: OcclusionNetwork | Promise<OcclusionNetwork>;
  /** What to multiply; default `auto`. */
  readonly arithmetic?: ArithmeticChoice;
}

export interface BuiltPipeline {
  readonly pipeline: FacePipeline;
  readonly embedder: Embedder;
  /** How many compute. */
  readonly threads: number;
  /** The work for one followed face, on a picture without any: to measure what it takes. */
  exercise(): Promise<void>;
  dispose(): void;
}

/** A frame in a picture of 8 × 8 pixels. */
const WARM_UP_FRAME = { center: { x: 4, y: 4 }, side: 4, rightEye: { x: 2, y: 3 }, leftEye: { x: 6, y: 3 } };

/**
 * Loads the graphs onto a backend and runs each once: that compiles whatever the backend compiles lazily, and proves with their
 * golden outputs that this device computes what the reference and the training framework computed. A model that rounding to fewer bits
 * takes too far from that is loaded with more. Each is as soon as it has arrived, while the others still download; where there are other
 * threads, they run it while this one prepares the next. What is left of the embedder's download is time for a rehearsal.
 * @throws VisavisError `backend-unavailable` where the backend computes something else all the same; what the models reject with
 */
export async function buildPipeline(open: OpenBackend, models: PipelineModels): Promise<BuiltPipeline> {
  const { backend, runtime, threads } = open;
  const { arithmetic = 'auto' } = models;
  const embedderIs = { here: false };
  const onEmbedder = () => Object.assign(embedderIs, { here: true });
  Promise.resolve(models.embedder).then(onEmbedder, onEmbedder);
  const graphs: Graph[] = [];
  const load = ({ files, manifest }: Model, outputs: readonly string[], arithmetic?: Arithmetic) => {
    const graph = runtime.load(files, { size: manifest.input.size, outputs, arithmetic });
    graphs.push(graph);
    return graph;
  };
  const dispose = () => graphs.splice(0).forEach((graph) => graph.dispose());
  const checks = new GoldenChecks(open);
  /** Loads a graph, while helpers check the one before, and has them check it. */
  const loadPart = async (given: PipelineModels['mesh'], outputs: readonly string[], arithmeticOf: (model: Model) => Arithmetic) => {
    const model = await given;
    let graph = load(model, outputs, arithmeticOf(model));
    const part: Part = {
      manifest: model.manifest,
      outputs,
      get graph() {
        return graph;
      },
      refine() {
        if (graph.arithmetic === 'float32') return false;
        graphs.splice(graphs.indexOf(graph), 1);
        graph.dispose();
        graph = load(model, outputs, graph.arithmetic === 'int8' ? 'int16' : 'float32');
        return true;
      },
    };
    await checks.add(part);
    return part;
  };
  try {
    // A fortieth of its time would be saved, at 0.6 % of its results.
    const detection = await loadPart(models.detector, DETECTOR_OUTPUTS, () => 'float32');
    const mesh = await loadPart(models.mesh, MESH_OUTPUTS, () => (arithmetic === 'float32' ? 'float32' : 'int16'));
    const blank = () => runtime.picture({ width: 8, height: 8, data: new Uint8ClampedArray(8 * 8 * 4) });
    // The longest download gives time for it; a GPU without hardware might take longer.
    if (!embedderIs.here && backend === 'wasm') {
      await checks.finish();
      await rehearse(detection, mesh, await models.occlusion, blank);
    }
    const embedding = await loadPart(models.embedder, EMBEDDER_OUTPUTS, (model) =>
      arithmetic === 'auto' ? fastestOf(runtime, model) : arithmetic,
    );
    await checks.finish();
    const detector = new FaceDetector(detection.graph, detection.manifest.input);
    const mesher = new FaceMesher(mesh.graph, mesh.manifest.input);
    const embedder = new Embedder(embedding.graph, embedding.manifest);
    return {
      pipeline: new FacePipeline(detector, mesher, embedder, await models.occlusion),
      embedder,
      threads: await threads,
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

/** The crop lies where the mesh's next input goes, as there is no embedder yet. What it finds in a picture without a face is nothing. */
async function rehearse(detection: Part, mesh: Part, occlusion: OcclusionNetwork, blank: () => Picture): Promise<void> {
  const detector = new FaceDetector(detection.graph, detection.manifest.input);
  const mesher = new FaceMesher(mesh.graph, mesh.manifest.input);
  const pipeline = new FacePipeline(detector, mesher, new Embedder(mesh.graph, { input: MEASURED }), occlusion);
  try {
    await pipeline.rehearse(blank(), WARM_UP_FRAME);
  } catch {
    // What fails fails again with the first picture, and is told then.
  }
}

/** 8-bit integers only of a model that was measured with them, and says what they give. */
function fastestOf({ fastest }: GraphRuntime, { manifest }: Model): Arithmetic {
  return fastest === 'int8' && !manifest.embedder?.golden.int8 ? 'int16' : fastest;
}
