import { decodeDetections } from '../geometry/decodeDetections.js';
import { detectorView } from '../geometry/detectorView.js';
import type { FaceFrame } from '../geometry/meshView.js';
import type { Picture } from '../geometry/Picture.js';
import { apply, invert, type Similarity } from '../geometry/Similarity.js';
import { suppress } from '../geometry/suppress.js';
import { belongsToTile, belongsToTiles, tilesOf, tileView } from '../geometry/tiles.js';
import type { Box } from '../shared/FaceReport.js';
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

/** Source-image pixels. */
interface Found {
  readonly frame: DetectedFrame;
  readonly box: Box;
}

/** Finds faces with BlazeFace. */
export class FaceDetector {
  constructor(
    private readonly graph: Graph,
    private readonly input: Manifest['input'],
  ) {}

  /**
   * Frames for the mesh, in source-image pixels, most certain first.
   * @param small whether overlapping tiles are searched too, for faces that are too small in the whole picture; the whole picture's come
   *   first
   */
  async detect(picture: Picture, small = false): Promise<DetectedFrame[]> {
    let found = await this.#search(picture, detectorView(picture.width, picture.height, this.input.size));
    if (small) found = found.filter(({ box }) => !belongsToTiles(box, picture));
    const whole = found.length;
    if (small) {
      for (const tile of tilesOf(picture.width, picture.height)) {
        const inTile = await this.#search(picture, tileView(tile, this.input.size));
        found.push(...inTile.filter(({ box }) => belongsToTile(box, tile, picture)));
      }
    }
    const kept = suppress(
      found.map(({ box }) => box),
      // Scores are at most 1: what the whole picture shows comes first.
      found.map(({ frame }, i) => frame.score + (small && i < whole ? 1 : 0)),
      MAX_OVERLAP,
    );
    return kept.map((i) => found[i]!.frame);
  }

  /** Everything that might be a face where `view` looks, most of it more than once. */
  async #search(picture: Picture, view: Similarity): Promise<Found[]> {
    const { size } = this.input;
    picture.sample(view, size, this.input, this.graph.input);
    const [scores512, scores384, rows512, rows384] = await this.graph.run();
    const detections = decodeDetections(join(scores512!, scores384!), join(rows512!, rows384!), size, MIN_SCORE);
    const back = invert(view);
    return detections.map(({ center, width, height, rightEye, leftEye, score }) => {
      const middle = apply(back, center);
      const [w, h] = [width * back.a, height * back.a];
      return {
        frame: { center: middle, side: Math.max(w, h), rightEye: apply(back, rightEye), leftEye: apply(back, leftEye), score },
        box: { x: middle.x - w / 2, y: middle.y - h / 2, width: w, height: h },
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
