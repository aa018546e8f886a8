import { alignFace } from '../geometry/alignFace.js';
import { assessQuality } from '../geometry/assessQuality.js';
import { fivePoints } from '../geometry/fivePoints.js';
import { headPose } from '../geometry/headPose.js';
import { meshBox } from '../geometry/meshBox.js';
import type { FaceFrame } from '../geometry/meshView.js';
import type { Pixels } from '../geometry/Pixels.js';
import { Pyramid } from '../geometry/Pyramid.js';
import { centralFace, rivals } from '../geometry/selectFace.js';
import { warp } from '../geometry/warp.js';
import type { FaceReport } from '../shared/FaceReport.js';
import type { EmbedResult, FaceSelection } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { Embedder } from './Embedder.js';
import type { FaceDetector } from './FaceDetector.js';
import type { FaceMesher } from './FaceMesher.js';

/** A mesh with a lower score lies on something else. */
const MIN_MESH_SCORE = 0.5;

interface AlignedFace {
  readonly report: FaceReport;
  /** Normalised RGB, [size, size, 3]. */
  readonly crop: Float32Array;
}

/** detect → mesh → align → normalise → embed, on one picture at a time. */
export class FacePipeline {
  constructor(
    private readonly detector: FaceDetector,
    private readonly mesher: FaceMesher,
    private readonly embedder: Embedder,
  ) {}

  async analyze(pixels: Pixels): Promise<FaceReport[]> {
    return (await this.#faces(pixels)).map(({ report }) => report);
  }

  /** Throws `no-face` and `several-faces`. */
  async embed(pixels: Pixels, select: FaceSelection): Promise<EmbedResult> {
    const faces = (await this.#faces(pixels)).map((face) => ({ ...face, box: face.report.box }));
    if (faces.length === 0) {
      throw new VisavisError('no-face', 'No face was found in the picture: look into the camera, in even light.');
    }
    const candidates = select === 'only' ? rivals(faces) : faces;
    if (select === 'only' && candidates.length > 1) {
      throw new VisavisError('several-faces', `${candidates.length} faces are in the picture where one is expected: one person, please.`);
    }
    const chosen = centralFace(candidates, pixels.width, pixels.height)!;
    return { embedding: await this.embedder.embed(chosen.crop), face: chosen.report };
  }

  /** Every face, most certain first. */
  async embedAll(pixels: Pixels): Promise<EmbedResult[]> {
    const out: EmbedResult[] = [];
    for (const { report, crop } of await this.#faces(pixels)) out.push({ embedding: await this.embedder.embed(crop), face: report });
    return out;
  }

  async #faces(pixels: Pixels): Promise<AlignedFace[]> {
    const picture = new Pyramid(pixels);
    const out: AlignedFace[] = [];
    for (const frame of await this.detector.detect(picture)) {
      const face = await this.#align(picture, frame);
      if (face) out.push(face);
    }
    return out;
  }

  async #align(picture: Pyramid, frame: FaceFrame): Promise<AlignedFace | null> {
    const { mesh, score } = await this.mesher.locate(picture, frame);
    if (!(score >= MIN_MESH_SCORE)) return null;
    const { width, height } = picture;
    const landmarks = fivePoints(mesh);
    const { input } = this.embedder;
    const crop = warp(picture, alignFace(landmarks, input.size), input.size, input);
    const box = meshBox(mesh);
    const pose = headPose(mesh);
    const quality = assessQuality({ box, landmarks, pose, width, height }, crop);
    return { report: { box, landmarks, mesh, pose, quality, score }, crop };
  }
}
