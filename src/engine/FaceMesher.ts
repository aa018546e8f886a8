import { meshToSource, meshView, type FaceFrame } from '../geometry/meshView.js';
import type { Normalization, Picture } from '../geometry/Picture.js';
import { invert, type Similarity } from '../geometry/Similarity.js';
import type { Manifest } from '../shared/Manifest.js';
import type { Graph } from './GraphRuntime.js';

/** The face mesh's outputs: the face flag (0 … 1) and 468 × x, y, z in pixels of its input. */
export const MESH_OUTPUTS = ['Identity_1', 'Identity_2'] as const;

/** A mesh of 468 × x, y, z in source-image pixels, and the confidence that it lies on a face (0 … 1). */
export interface LaidMesh {
  readonly mesh: Float32Array;
  readonly score: number;
}

/** Lays a mesh of 468 points over a framed face. */
export class FaceMesher {
  constructor(
    private readonly graph: Graph,
    private readonly input: Manifest['input'],
  ) {}

  /** Samples a picture into the place of the mesh's next input, which nobody needs until then. @param size at most the input's own */
  borrow(picture: Picture, toOutput: Similarity, size: number, normalization: Normalization): Float32Array {
    const place = this.graph.input.subarray(0, 3 * size * size);
    picture.sample(toOutput, size, normalization, place);
    return place;
  }

  /** Takes the frame's word for which way up the face is: see `layMesh`. */
  async locate(picture: Picture, frame: FaceFrame): Promise<LaidMesh> {
    const { size } = this.input;
    const view = meshView(frame, size);
    picture.sample(view, size, this.input, this.graph.input);
    const [flag, points] = await this.graph.run();
    return { mesh: meshToSource(points!, invert(view)), score: flag![0]! };
  }
}
