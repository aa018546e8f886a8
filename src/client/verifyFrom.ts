import { curveFor } from '../matching/curveFor.js';
import { distance } from '../matching/distance.js';
import { fuseEmbeddings } from '../matching/fuseEmbeddings.js';
import { estimateFmr, thresholdAt } from '../matching/operatingCurve.js';
import { recordMatch } from '../shared/matchLedger.js';
import { DEFAULT_FMR } from '../shared/options.js';
import type { NoMatchReason, VerifyOptions, VerifyResult } from '../shared/verification.js';
import type { Template } from '../shared/Template.js';
import { assertTemplate } from './assertTemplate.js';
import { turnProbe } from '../vault/turnProbe.js';
import { capture, commonest, ownEmbeddings, type Capture } from './capture.js';
import type { Looker } from './Looker.js';
import { redeem } from './livenessResults.js';
import { outlierLimit } from '../matching/outlierLimit.js';
import { eachSource, type Sources } from './Sources.js';

/** Looks at every source, fuses the good ones and decides by the curve for so many frames; see `FaceVerifier.verify`. */
export async function verifyFrom(
  looker: Looker,
  sources: Sources,
  template: Template,
  { fmr = DEFAULT_FMR, gate = true, liveness, ...options }: VerifyOptions,
): Promise<VerifyResult> {
  assertTemplate(template, looker.info);
  const curve = (frames: number) => curveFor(looker.info, { templateFrames: template.captures, probeFrames: frames });
  thresholdAt(curve(1), fmr); // a wrong rate is refused before any work
  const session = liveness === undefined ? null : redeem(liveness);
  const captures: Capture[] = [];
  for await (const source of eachSource(sources, options.signal)) captures.push(await capture(looker, source, { ...options, gate }));
  if (captures.length === 0) throw new TypeError('expected at least one source to verify, got none');

  const embeddings = captures.flatMap(({ embedding }) => embedding ?? []);
  const face = captures.flatMap((one) => one.face ?? []).at(-1) ?? null;
  const points = curve(Math.max(1, embeddings.length));
  const threshold = thresholdAt(points, fmr);
  const enough = embeddings.length > 0 && embeddings.length >= captures.length / 2;
  const refusal = enough ? undefined : commonest(captures.flatMap(({ trouble }) => trouble ?? [])).code;
  const nothing = { threshold, frames: 0, distance: null, estimatedFmr: null, face, alike: true, liveness: null };
  if (embeddings.length === 0) return conclude(nothing, session?.refusal ?? refusal);

  const limit = outlierLimit(looker.info.operatingPoints);
  const fusion = fuseEmbeddings(embeddings, limit);
  const probe = await turnProbe(fusion.embedding, template);
  const d = distance(probe, template.embedding);
  const alike = fusion.kept.length === embeddings.length;
  const other = session?.embedding && distance(fusion.embedding, session.embedding) > limit ? 'liveness-other-person' : undefined;
  for (const values of [probe, fusion.embedding, ...ownEmbeddings(captures)]) values.fill(0);
  const dead = session?.refusal ?? other;
  const measured = { threshold, frames: embeddings.length, distance: d, estimatedFmr: estimateFmr(points, d), face, alike };
  const result = conclude({ ...measured, liveness: dead ? null : (session?.proof ?? null) }, dead ?? refusal);
  if (result.match) recordMatch(result, looker.info, fmr);
  return result;
}

/** @param measured `alike`: whether all frames show one person */
function conclude(
  { alike, ...measured }: Omit<VerifyResult, 'match' | 'reason'> & { alike: boolean },
  refusal: NoMatchReason | undefined,
): VerifyResult {
  const reason =
    refusal ??
    (!alike ? 'several-faces' : measured.distance !== null && measured.distance <= measured.threshold ? undefined : 'different-person');
  return reason ? { match: false, ...measured, reason } : { match: true, ...measured };
}
