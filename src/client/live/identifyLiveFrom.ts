import { curveFor } from '../../matching/curveFor.js';
import { distance } from '../../matching/distance.js';
import { framesFor } from '../../matching/framesFor.js';
import { fuseEmbeddings } from '../../matching/fuseEmbeddings.js';
import { Gallery, isGallery, type GallerySource, type PackedGallery } from '../../matching/Gallery.js';
import { DEFAULT_FPIR, distancesTo, identify, type IdentifyResult } from '../../matching/identify.js';
import { thresholdAt } from '../../matching/operatingCurve.js';
import { outlierLimit } from '../../matching/outlierLimit.js';
import type { IdentifyLiveOptions, NotIdentifiedReason } from '../../shared/live.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import type { LivenessResult } from '../../shared/liveness.js';
import type { OperatingPoint } from '../../shared/Manifest.js';
import { assertGallery } from '../assertTemplate.js';
import { assertLive, collectLive, overwrite } from './collectLive.js';
import type { LiveParts } from './LiveParts.js';
import { redeem } from './livenessResults.js';
import type { FrameSource } from '../camera/timedFrames.js';

export interface IdentifyLiveResult extends IdentifyResult {
  /** How many frames were fused into the embedding that was compared; 0 if none was good enough. */
  readonly frames: number;
  /** The face in the last frame that shows a single one; null if none does. */
  readonly face: FaceReport | null;
  /** Only with `match: false`. */
  readonly reason?: NotIdentifiedReason;
  /** The liveness session that ran, passed or not; null where none was asked for. */
  readonly session: LivenessResult | null;
}

/** Where nothing was compared. */
const NOBODY = { match: false, id: null, distance: null, normalizedDistance: null, candidates: [] } as const;

/** Collects frames and decides once who it is; see `FaceVerifier.identifyLive`. Every embedding is overwritten at the end. */
export async function identifyLiveFrom(
  parts: LiveParts,
  source: FrameSource,
  gallery: PackedGallery | GallerySource,
  { fpir = DEFAULT_FPIR, candidates, ...options }: IdentifyLiveOptions,
): Promise<IdentifyLiveResult> {
  const { info } = parts.looker;
  assertLive(source, options);
  const people = isGallery(gallery) ? gallery : new Gallery(gallery);
  assertGallery(people, info);
  const curves = info.normalized ?? info;
  const cohort = info.normalized?.cohort;
  const templateFrames = Math.min(people.captures ?? 1, Math.max(1, ...curves.fused.map((one) => one.templateFrames)));
  const curve = (probeFrames: number): readonly OperatingPoint[] => curveFor(curves, { templateFrames, probeFrames });
  const chosen = candidates === undefined ? {} : { candidates };
  const decide = (embedding: Float32Array, probeFrames: number) =>
    identify(embedding, people, { fpir, operatingPoints: curve(probeFrames), cohort, ...chosen });
  // A wrong rate, or too large a gallery, is refused before any work but this.
  if (cohort) await people.prepare(cohort, options.signal ? { signal: options.signal } : {});
  const none = decide(Float32Array.of(1, ...new Float32Array(info.embeddingSize - 1)), 1);
  const { fmr } = none;
  const frames = framesFor(curves, { templateFrames, fmr });
  const collected = await collectLive(parts, source, { frames }, options);
  const { captures, face, trouble, session } = collected;
  if (captures.length === 0) {
    return { ...none, ...NOBODY, frames: 0, face, session, reason: session ? 'liveness-failed' : trouble!.code };
  }
  const proof = session && redeem(session);
  const limit = outlierLimit(info.operatingPoints);
  const embeddings = captures.map(({ embedding }) => embedding);
  const { embedding, kept } = fuseEmbeddings(embeddings, limit);
  try {
    const found = decide(embedding, captures.length);
    const facts = { frames: captures.length, face, session };
    const rests = proof?.rests ?? [];
    const single = thresholdAt(curve(1), fmr);
    const sameAll =
      rests.every((rest) => distance(rest, embedding) <= limit) &&
      (found.id === null || rests.every((rest) => distancesTo(people, rest, cohort).normalized[people.ids.indexOf(found.id!)]! <= single));
    const alike = kept.length === captures.length;
    const refusal = proof?.refusal ?? (!sameAll ? 'liveness-other-person' : alike ? undefined : 'several-faces');
    const reason: NotIdentifiedReason | undefined = refusal ?? (found.match ? undefined : 'unknown-person');
    return reason ? { ...found, match: false, id: null, ...facts, reason } : { ...found, ...facts };
  } finally {
    embedding.fill(0);
    overwrite(collected);
  }
}
