import { curveAt } from '../matching/curveAt.js';
import { curveFor } from '../matching/curveFor.js';
import { distance } from '../matching/distance.js';
import { fuseEmbeddings } from '../matching/fuseEmbeddings.js';
import { estimateFmr, isExtrapolated, thresholdAt, unmeasured } from '../matching/operatingCurve.js';
import { describe } from '../shared/describe.js';
import { recordForeignMatch, recordMatch } from '../shared/matchLedger.js';
import { DEFAULT_FMR } from '../shared/options.js';
import type { OperatingPoint } from '../shared/Manifest.js';
import type { NoMatchReason, VerifyOptions, VerifyResult } from '../shared/verification.js';
import type { Template } from '../shared/Template.js';
import { assertKey } from '../vault/protection/assertKey.js';
import { assertTemplate } from './assertTemplate.js';
import { capture, commonest, embeddingsOf, type Capture } from './live/capture.js';
import { compareWith } from './compareWith.js';
import type { Looker } from './live/Looker.js';
import { redeem, type Redeemed } from './live/livenessResults.js';
import { outlierLimit } from '../matching/outlierLimit.js';
import { eachSource, type Sources } from './pictures/Sources.js';

/**
 * Looks at every source, fuses the good ones and decides by the curve for so many frames; see `FaceVerifier.verify`. The embeddings that
 * are made here are overwritten however it ends.
 */
export async function verifyFrom(
  looker: Looker,
  sources: Sources,
  template: Template,
  { fmr, threshold, gate = true, liveness, ...options }: VerifyOptions,
): Promise<VerifyResult> {
  assertTemplate(template, looker.info);
  await assertKey(template);
  const rule = ruleOf(looker, fmr, threshold);
  // A wrong rate is refused before any work; one for all of the pictures is one for as many as turn out to be good. Of a stream nothing is known.
  const all = Array.isArray(sources) ? sources.length : 1;
  for (const frames of [1, Math.max(1, all)]) rule.thresholdFor(template.captures, frames);
  // Judged here: looking may take as long as the person needs to come back to the page. And no other call can use it meanwhile.
  const session = liveness === undefined ? null : redeem(liveness);
  let rests = session?.rests ?? [];
  const captures: Capture[] = [];
  try {
    for await (const source of eachSource(sources, options.signal)) captures.push(await capture(looker, source, { ...options, gate }));
    try {
      if (captures.length === 0) throw new TypeError('expected at least one source to verify, got none');
      rule.thresholdFor(template.captures, Math.max(1, embeddingsOf(captures).length));
    } catch (error) {
      session?.giveBack(); // the caller's mistake
      rests = [];
      throw error;
    }
    const result = await decide(looker, captures, template, { rule, session });
    if (result.match) {
      const origins = captures.flatMap(({ embedding, origin }) => (embedding ? origin : []));
      // No rate was measured for pictures that the gate refuses.
      const points = threshold !== undefined || origins.includes('poor') ? 'own' : looker.info.points;
      if (origins.includes('elsewhere')) recordForeignMatch(result);
      else recordMatch(result, { ...looker.info, points }, rule.fmr);
    }
    return result;
  } finally {
    for (const values of [...embeddingsOf(captures), ...rests]) values.fill(0);
  }
}

/** How a distance is judged. */
interface Rule {
  /** The false match rate, as far as it is known. */
  readonly fmr: number;
  /** The furthest that two captures of one person may be apart. */
  readonly limit: number;
  /** Whether the threshold comes from points that were fitted and not counted. */
  isFitted(points: readonly OperatingPoint[]): boolean;
  pointsFor(templateFrames: number, probeFrames: number): readonly OperatingPoint[];
  thresholdFor(templateFrames: number, probeFrames: number): number;
}

function ruleOf({ info }: Looker, fmr: number | undefined, threshold: number | undefined): Rule {
  const curves = info.normalized ?? info;
  if (threshold === undefined) {
    if (curves.operatingPoints.length === 0) throw unmeasured('decide at a `threshold` of your own');
    const rate = fmr ?? DEFAULT_FMR;
    const pointsFor: Rule['pointsFor'] = (templateFrames, probeFrames) => curveAt(curves, { templateFrames, probeFrames }, rate);
    return {
      fmr: rate,
      limit: outlierLimit(info.operatingPoints),
      isFitted: (points) => isExtrapolated(points, rate),
      pointsFor,
      thresholdFor: (templateFrames, probeFrames) => thresholdAt(pointsFor(templateFrames, probeFrames), rate),
    };
  }
  if (fmr !== undefined) throw new TypeError('expected fmr or threshold, got both');
  if (!(typeof threshold === 'number' && threshold > 0 && threshold <= 2)) {
    throw new RangeError(`expected threshold to be a distance above 0, up to 2, got ${describe(threshold)}`);
  }
  return {
    fmr: estimateFmr(curves.operatingPoints, threshold),
    limit: info.operatingPoints.length > 0 ? outlierLimit(info.operatingPoints) : threshold,
    isFitted: () => false,
    pointsFor: (templateFrames, probeFrames) => curveFor(curves, { templateFrames, probeFrames }),
    thresholdFor: () => threshold,
  };
}

async function decide(
  looker: Looker,
  captures: readonly Capture[],
  template: Template,
  { rule, session }: { rule: Rule; session: Redeemed | null },
): Promise<VerifyResult> {
  const embeddings = embeddingsOf(captures);
  const face = captures.flatMap((one) => one.face ?? []).at(-1) ?? null;
  const points = rule.pointsFor(template.captures, Math.max(1, embeddings.length));
  const extrapolated = rule.isFitted(points);
  const threshold = rule.thresholdFor(template.captures, Math.max(1, embeddings.length));
  const enough = embeddings.length > 0 && embeddings.length >= captures.length / 2;
  const refusal = enough ? undefined : commonest(captures.flatMap(({ trouble }) => trouble ?? [])).code;
  const nothing = {
    ...{ threshold, extrapolated, frames: 0, distance: null, normalizedDistance: null, estimatedFmr: null },
    ...{ face, alike: true, liveness: null },
  };
  if (embeddings.length === 0) return conclude(nothing, session?.refusal ?? refusal);

  const { limit } = rule;
  const fusion = fuseEmbeddings(embeddings, limit);
  try {
    const compared = await compareWith(fusion.embedding, template, looker.info);
    const d = compared.normalizedDistance;
    const alike = fusion.kept.length === embeddings.length;
    const verified = { probe: fusion.embedding, rule, template, info: looker.info };
    const rests = session && !session.refusal ? session.rests : [];
    const sameAll = showsProbe(rests, verified) && (d > threshold || (await showsEnrolled(rests, verified)));
    const dead = session?.refusal ?? (sameAll ? undefined : 'liveness-other-person');
    const rates = { threshold, extrapolated, estimatedFmr: estimateFmr(points, d) };
    const measured = { ...compared, ...rates, frames: embeddings.length, face, alike };
    return conclude({ ...measured, liveness: dead ? null : (session?.proof ?? null) }, dead ?? refusal);
  } finally {
    fusion.embedding.fill(0);
  }
}

interface Verified {
  /** The fused embedding of what was verified. */
  readonly probe: Float32Array;
  readonly rule: Rule;
  readonly template: Template;
  readonly info: Looker['info'];
}

/** Whether a session showed the person of the verified pictures whenever it asked for a face that looks into the camera. */
function showsProbe(rests: readonly Float32Array[], { probe, rule }: Verified): boolean {
  return rests.every((rest) => distance(rest, probe) <= rule.limit);
}

/**
 * The same for the enrolled person: each mean embedding has to match by itself, as one frame would. Somebody else who shows the person's
 * face just once is not let in by that.
 */
async function showsEnrolled(rests: readonly Float32Array[], { template, rule, info }: Verified): Promise<boolean> {
  const threshold = rule.thresholdFor(template.captures, 1);
  for (const rest of rests) {
    const { normalizedDistance } = await compareWith(rest, template, info);
    if (normalizedDistance > threshold) return false;
  }
  return true;
}

/** @param measured `alike`: whether all frames show one person */
function conclude(
  { alike, ...measured }: Omit<VerifyResult, 'match' | 'reason'> & { alike: boolean },
  refusal: NoMatchReason | undefined,
): VerifyResult {
  const reason =
    refusal ??
    (!alike
      ? 'several-faces'
      : measured.normalizedDistance !== null && measured.normalizedDistance <= measured.threshold
        ? undefined
        : 'different-person');
  return reason ? { match: false, ...measured, reason } : { match: true, ...measured };
}
