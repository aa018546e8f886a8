import { alignFace } from '../geometry/alignFace.js';
import { assessQuality } from '../quality/assessQuality.js';
import { fivePoints } from '../geometry/fivePoints.js';
import { headPose } from '../geometry/headPose.js';
import type { OcclusionNetwork } from '../quality/occlusionNetwork.js';
import { measureFaceLight } from '../quality/measureFaceLight.js';
import { meshBox } from '../geometry/meshBox.js';
import type { FaceFrame } from '../geometry/meshView.js';
import type { Picture } from '../geometry/Picture.js';
import { centralFace, rivals } from '../geometry/selectFace.js';
import type { Similarity } from '../geometry/Similarity.js';
import { overlap } from '../geometry/suppress.js';
import type { LookRequest } from '../shared/EngineService.js';
import type { FaceReport, FivePoints, Thumbnail } from '../shared/FaceReport.js';
import type { EmbedResult, LookResult } from '../shared/captures.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { Embedder } from './Embedder.js';
import { MEASURED } from './measuredCrop.js';
import type { FaceDetector } from './FaceDetector.js';
import type { FaceMesher } from './FaceMesher.js';
import { drawThumbnail } from './drawThumbnail.js';
import { layMesh, type OrientedMesh } from './layMesh.js';
import { FaceTracker, type SingleFace } from './FaceTracker.js';

/** A mesh with a lower score lies on something else. */
const MIN_MESH_SCORE = 0.5;
/** Meshes whose boxes overlap by more (intersection over union) lie on one face. */
const SAME_FACE = 0.4;

/** detect (or follow) → mesh → align → normalize → embed, on one picture at a time. */
export class FacePipeline {
  readonly #tracker = new FaceTracker();
  /** The mesh of the face whose crop is in the embedder's input. */
  #cropped: Float32Array | null = null;

  constructor(
    private readonly detector: FaceDetector,
    private readonly mesher: FaceMesher,
    private readonly embedder: Embedder,
    private readonly occlusion: OcclusionNetwork,
  ) {}

  /**
   * Every face, most certain first.
   * @param stream the stream that the picture is the next frame of; null for a picture by itself
   * @param small whether to search for small faces too, in a picture by itself
   */
  async analyze(picture: Picture, stream: number | null, small = false): Promise<FaceReport[]> {
    const now = performance.now();
    if (stream === null) return completed((await this.#find(picture, small)).reports, null);
    const frames = this.#tracker.next(stream, picture, now);
    if (frames) {
      const followed: (SingleFace | null)[] = [];
      // Where a face was followed from says which way up it is.
      for (const frame of frames) followed.push(this.#report(picture, { ...(await this.mesher.locate(picture, frame)), certain: true }));
      if (this.#tracker.confirms(followed)) {
        this.#tracker.remember(stream, picture, followed, now, false);
        return completed(followed, drawThumbnail(this.mesher, picture));
      }
    }
    const { reports, certain } = await this.#find(picture);
    // A mesh that may lie upside down is not followed: the next frame is searched anew.
    this.#tracker.remember(stream, picture, certain ? reports : [], now, true);
    return completed(reports, reports.length > 0 ? drawThumbnail(this.mesher, picture) : null);
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
    // Mostly its crop is in place still: not where another face, or a second mesh on this one, was looked at after it.
    if (face.mesh !== this.#cropped) this.#cut(picture, face);
    return { face, embedding: await this.embedder.embed() };
  }

  /** Every face, most certain first. */
  async embedAll(picture: Picture, stream: number | null, small = false): Promise<EmbedResult[]> {
    const out: EmbedResult[] = [];
    for (const face of await this.analyze(picture, stream, small)) {
      this.#cut(picture, face);
      out.push({ embedding: await this.embedder.embed(), face });
    }
    return out;
  }

  /**
   * Does with a frame of a picture what is done with those of faces, short of embedding: a browser takes several times as long for what it
   * does for the first time.
   */
  async rehearse(picture: Picture, frame: FaceFrame): Promise<void> {
    await this.detector.detect(picture);
    this.#report(picture, { ...(await this.mesher.locate(picture, frame)), score: 1, certain: true });
  }

  /** Every face that the detector finds, and whether it is certain of each which way up it is. */
  async #find(picture: Picture, small = false): Promise<{ reports: SingleFace[]; certain: boolean }> {
    const reports: SingleFace[] = [];
    let certain = true;
    for (const frame of await this.detector.detect(picture, small)) {
      const laid = await layMesh(this.mesher, picture, frame);
      const report = this.#report(picture, laid);
      if (!report) continue;
      // The detector's boxes of one small face may overlap too little to be told before the mesh lies on it.
      if (reports.some(({ box }) => overlap(box, report.box) > SAME_FACE)) continue;
      reports.push(report);
      certain &&= laid.certain;
    }
    return { reports, certain };
  }

  /** Leaves the face's crop in the embedder's input. Null for a mesh that lies on no face. */
  #report(picture: Picture, { mesh, score, certain }: OrientedMesh): SingleFace | null {
    if (!(score >= MIN_MESH_SCORE)) return null;
    const { width, height } = picture;
    const landmarks = fivePoints(mesh);
    const box = meshBox(mesh);
    const cut = this.#cut(picture, { landmarks, box, mesh });
    const { crop, alignment } = this.embedder.isMeasurable
      ? { crop: this.embedder.input, alignment: cut }
      : this.#measurable(picture, landmarks);
    const pose = headPose(mesh);
    const quality = assessQuality({ box, landmarks, pose, faceScore: score, certain, mesh, width, height }, crop, this.occlusion);
    const light = measureFaceLight(crop, mesh, alignment);
    return { box, landmarks, mesh, pose, quality, light, score };
  }

  #cut(picture: Picture, face: Pick<SingleFace, 'landmarks' | 'box' | 'mesh'>): Similarity {
    this.#cropped = face.mesh;
    return this.embedder.cut(picture, face);
  }

  /** The crop that quality and light are measured in, where the embedder takes another. */
  #measurable(picture: Picture, landmarks: FivePoints): { crop: Float32Array; alignment: Similarity } {
    const alignment = alignFace(landmarks, MEASURED.size);
    return { crop: this.mesher.borrow(picture, alignment, MEASURED.size, MEASURED), alignment };
  }
}

function completed(reports: readonly SingleFace[], thumbnail: Thumbnail | null): FaceReport[] {
  return reports.map((report) => ({ ...report, thumbnail, faces: reports.length }));
}
