import { syntheticFace } from '../../ceremony/liveness/fixtures/syntheticFace.js';
import { normalizeL2 } from '../../matching/normalizeL2.js';
import type { CaptureAction } from '../../shared/capture.js';
import type { EmbedResult, LookResult } from '../../shared/captures.js';
import type { FaceReport, QualityReason } from '../../shared/FaceReport.js';
import type { CallOptions } from '../../shared/options.js';
import { throwIfAborted } from '../../shared/abortable.js';
import { seededRandom } from '../../shared/seededRandom.js';
import type { VerifierInfo } from '../../shared/VerifierInfo.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import type { VerifierLooker } from '../live/VerifierLooker.js';

/** A face that a fake verifier sees. */
export interface FakeFace {
  /** Whose it is; default `someone`. Different names are different people, the same name always the same. */
  readonly person?: string;
  /** Degrees, to the person's left and up; default 0. */
  readonly yaw?: number;
  readonly pitch?: number;
  /** How many times as large as usual; default 1. */
  readonly scale?: number;
  /** What is wrong with the picture; default nothing. */
  readonly reasons?: readonly QualityReason[];
}

/** What one look at a frame sees. An error is what the look rejects with, as when the engine is lost. */
export type FakeLook = FakeFace | 'nobody' | 'several' | Error;

/** What a fake verifier sees: always the same, or what is decided for each look, by what the person is asked for at the time. */
export type FakeSight = FakeLook | ((asked: CaptureAction | null, look: number) => FakeLook);

/** Somebody who does what is asked. */
export function obedient(person: string): (asked: CaptureAction | null) => FakeFace {
  return (asked) => {
    if (asked === 'slightly-left') return { person, yaw: 15 };
    if (asked === 'slightly-right') return { person, yaw: -15 };
    return asked === 'other-distance' ? { person, scale: 1.3 } : { person };
  };
}

/** Eyes that see what a test says; pictures are not looked at. */
export class FakeLooker implements VerifierLooker {
  sight: FakeSight = obedient('someone');
  asked: CaptureAction | null = null;
  disposed = false;
  #looks = 0;

  constructor(readonly info: VerifierInfo) {}

  async analyze(_source: ImageSource, { signal }: CallOptions = {}): Promise<FaceReport[]> {
    const seen = await this.#see(signal);
    if (seen === 'nobody') return [];
    return seen === 'several' ? [reportOf({}, 2), reportOf({}, 2)] : [reportOf(seen, 1)];
  }

  async look(_source: ImageSource, { signal, gate = true }: CallOptions & { gate?: boolean } = {}): Promise<LookResult> {
    const seen = await this.#see(signal);
    if (seen === 'nobody') throw new VisavisError('no-face', 'No face was found: look into the camera.');
    if (seen === 'several') throw new VisavisError('several-faces', 'Several faces were found: one person, please.');
    const face = reportOf(seen, 1);
    return { face, embedding: gate && face.quality.reasons.length > 0 ? null : this.embeddingOf(seen.person) };
  }

  async embedAll(_source: ImageSource, options: CallOptions = {}): Promise<EmbedResult[]> {
    const seen = await this.#see(options.signal);
    if (seen === 'nobody') return [];
    const faces: FakeFace[] = seen === 'several' ? [{ person: 'first of several' }, { person: 'second of several' }] : [seen];
    return faces.map((face) => ({ face: reportOf(face, faces.length), embedding: this.embeddingOf(face.person) }));
  }

  async embedCrop(_crop: ImageSource, signal: AbortSignal | undefined): Promise<Float32Array> {
    const seen = await this.#see(signal);
    return this.embeddingOf(typeof seen === 'string' ? seen : seen.person);
  }

  /** A direction of its own for each name: those of two people are nearly at right angles, a distance of about 1.4. */
  embeddingOf(person = 'someone'): Float32Array {
    const { modelVersion } = this.info;
    const seed = modelVersion === '1.0.0' ? person : `${person} ${modelVersion}`;
    const random = seededRandom(Array.from(seed).reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)!) | 0, 7));
    const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return normalizeL2(Array.from({ length: this.info.embeddingSize }, gauss));
  }

  async #see(signal: AbortSignal | undefined): Promise<Exclude<FakeLook, Error>> {
    await Promise.resolve();
    throwIfAborted(signal);
    if (this.disposed) throw new VisavisError('disposed', 'This verifier was disposed: create a new one.');
    const seen = typeof this.sight === 'function' ? this.sight(this.asked, this.#looks++) : this.sight;
    if (seen instanceof Error) throw seen;
    return seen;
  }
}

function reportOf({ yaw = 0, pitch = 0, scale = 1, reasons = [] }: FakeFace, faces: number): FaceReport {
  const face = syntheticFace({ yaw, pitch, scale });
  const hidden = { rightEye: 0, leftEye: 0, nose: 0, mouth: 0 };
  const rest = { flatness: 0, eyesOpen: 0.3, mouthOpen: 0, occlusion: 0, hidden, score: reasons.length > 0 ? 0.2 : 0.9 };
  return { ...face, faces, quality: { ...face.quality, ...rest, reasons } };
}
