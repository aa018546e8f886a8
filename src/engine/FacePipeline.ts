import { alignFace } from '../geometry/alignFace.js';
import { assessQuality } from '../quality/assessQuality.js';
import { fivePoints } from '../geometry/fivePoints.js';
import { headPose } from '../geometry/headPose.js';
import { measureFaceLight } from '../quality/measureFaceLight.js';
import { meshBox } from '../geometry/meshBox.js';
import type { FaceFrame } from '../geometry/meshView.js';
import type { Picture } from '../geometry/Picture.js';
import { centralFace, rivals } from '../geometry/selectFace.js';
import type { Similarity } from '../geometry/Similarity.js';
import type { LookRequest } from '../shared/EngineService.js';
import type { FaceReport } from '../shared/FaceReport.js';
import type { EmbedResult, LookResult } from '../shared/captures.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { Embedder } from './Embedder.js';
import type { FaceDetector } from './FaceDetector.js';
import type { FaceMesher } from './FaceMesher.js';
import { FaceTracker, type SingleFace } from './FaceTracker.js';

/** A mesh with a lower score lies on something else. */
const MIN_MESH_SCORE = 0.5;

/** detect (or follow) → mesh → align → normalize → embed, on one picture at a time. */
export class FacePipeline {
  readonly #tracker = new FaceTracker();

  constructor(
    private readonly detector: FaceDetector,
    private readonly mesher: FaceMesher,
    private readonly embedder: Embedder,
  ) {}

  /** Every face, most certain first. @param stream the stream that the picture is the next frame of; null for a picture by itself */
  async analyze(picture: Picture, stream: number | null): Promise<FaceReport[]> {
    const now = performance.now();
    if (stream === null) return counted(await this.#reports(picture, await this.detector.detect(picture)));
    const frames = this.#tracker.next(stream, picture, now);
    if (frames) {
      const followed: (SingleFace | null)[] = [];
      for (const frame of frames) followed.push(await this.#report(picture, frame));
      if (this.#tracker.confirms(followed)) {
        this.#tracker.remember(stream, picture, followed, now, false);
        return counted(followed);
      }
    }
    const found = await this.#reports(picture, await this.detector.detect(picture));
    this.#tracker.remember(stream, picture, found, now, true);
    return counted(found);
  }

  /** The one face that counts, embedded unless the gate refuses it. Throws `no-face` and `several-faces`. */
  async look(picture: Picture, { select, gate, stream }: LookRequest): Promise<LookResult> {
    const faces = await this.analyze(picture, stream);
    if (faces.length === 0) {
      throw new VisavisError('no-face', 'No face was found in the picture: look into the camera, in even light.');
    }
    const candidates = select === 'only' ? rivals(faces) : faces;
    if (select === 'only' && candidates.length > 1) {
      throw new VisavisError('several-faces', `${candidates.length} faces are in the picture where one is expected: one person, please.`);
    }
    const face = centralFace(candidates, picture.width, picture.height)!;
    if (gate && face.quality.reasons.length > 0) return { face, embedding: null };
    // With one face its crop is in place still.
    if (faces.length > 1) this.#crop(picture, face);
    return { face, embedding: await this.embedder.embed() };
  }

  /** Every face, most certain first. */
  async embedAll(picture: Picture, stream: number | null): Promise<EmbedResult[]> {
    const out: EmbedResult[] = [];
    for (const face of await this.analyze(picture, stream)) {
      this.#crop(picture, face);
      out.push({ embedding: await this.embedder.embed(), face });
    }
    return out;
  }

  async #reports(picture: Picture, frames: readonly FaceFrame[]): Promise<SingleFace[]> {
    const out: SingleFace[] = [];
    for (const frame of frames) {
      const report = await this.#report(picture, frame);
      if (report) out.push(report);
    }
    return out;
  }

  /** Leaves the face's crop in the embedder's input. */
  async #report(picture: Picture, frame: FaceFrame): Promise<SingleFace | null> {
    const { mesh, score } = await this.mesher.locate(picture, frame);
    if (!(score >= MIN_MESH_SCORE)) return null;
    const { width, height } = picture;
    const landmarks = fivePoints(mesh);
    const alignment = this.#crop(picture, { landmarks });
    const box = meshBox(mesh);
    const pose = headPose(mesh);
    const quality = assessQuality({ box, landmarks, pose, mesh, width, height }, this.embedder.input);
    const light = measureFaceLight(this.embedder.input, mesh, alignment);
    return { box, landmarks, mesh, pose, quality, light, score };
  }

  #crop(picture: Picture, { landmarks }: Pick<FaceReport, 'landmarks'>): Similarity {
    const alignment = alignFace(landmarks, this.embedder.size);
    this.embedder.crop(picture, alignment);
    return alignment;
  }
}

function counted(reports: readonly SingleFace[]): FaceReport[] {
  return reports.map((report) => ({ ...report, faces: reports.length }));
}
