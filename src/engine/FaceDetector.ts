import { decodeDetections } from '../geometry/decodeDetections.js';
import { detectorView } from '../geometry/detectorView.js';
import type { FaceFrame } from '../geometry/meshView.js';
import type { Picture } from '../geometry/Picture.js';
import { apply, invert } from '../geometry/Similarity.js';
import { suppress } from '../geometry/suppress.js';
import type { Manifest } from '../shared/Manifest.js';
import type { Graph } from './GraphRuntime.js';

/** Detections below this are not faces; the mesh has the last word on those above. */
const MIN_SCORE = 0.4;
/** Two boxes that overlap by more (intersection over union) are one face. */
const MAX_OVERLAP = 0.3;
/** The outputs of BlazeFace's two grids: scores and rows of the 512 anchors, then of the 384. */
export const DETECTOR_OUTPUTS = ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'] as const;

/** A face that the detector found. */
export interface DetectedFrame extends FaceFrame {
  /** How sure the detector is, 0 … 1. */
  readonly score: number;
}

/** Finds faces with BlazeFace. */
export class FaceDetector {
  constructor(
    private readonly graph: Graph,
    private readonly input: Manifest['input'],
  ) {}

  /** Frames for the mesh, in source-image pixels, most certain first. */
  async detect(picture: Picture): Promise<DetectedFrame[]> {
    const { size } = this.input;
    const view = detectorView(picture.width, picture.height, size);
    picture.sample(view, size, this.input, this.graph.input);
    const [scores512, scores384, rows512, rows384] = await this.graph.run();
    const found = decodeDetections(join(scores512!, scores384!), join(rows512!, rows384!), size, MIN_SCORE);
    const boxes = found.map(({ center: { x, y }, width, height }) => ({ x: x - width / 2, y: y - height / 2, width, height }));
    const kept = suppress(
      boxes,
      found.map(({ score }) => score),
      MAX_OVERLAP,
    );
    const back = invert(view);
    return kept.map((i) => {
      const { center, width, height, rightEye, leftEye, score } = found[i]!;
      return {
        center: apply(back, center),
        side: Math.max(width, height) * back.a,
        rightEye: apply(back, rightEye),
        leftEye: apply(back, leftEye),
        score,
      };
    });
  }
}

function join(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}
