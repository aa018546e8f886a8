import { curveFor } from '../geometry/curveFor.js';
import { distance } from '../geometry/distance.js';
import { fuseEmbeddings } from '../geometry/fuseEmbeddings.js';
import { estimateFmr, thresholdAt } from '../geometry/operatingCurve.js';
import { DEFAULT_FMR, type NoMatchReason, type VerifyOptions, type VerifyResult } from '../shared/options.js';
import type { Template } from '../shared/Template.js';
import { assertTemplate } from './assertTemplate.js';
import { capture, commonest, type Capture } from './capture.js';
import type { FaceVerifier } from './FaceVerifier.js';
import { outlierLimit } from './outlierLimit.js';
import { eachSource, type Sources } from './Sources.js';

/** Looks at every source, fuses the good ones and decides by the curve for so many frames; see `FaceVerifier.verify`. */
export async function verifyFrom(
  verifier: FaceVerifier,
  sources: Sources,
  template: Template,
  { fmr = DEFAULT_FMR, gate = true, signal }: VerifyOptions,
): Promise<VerifyResult> {
  assertTemplate(template, verifier.info);
  const curve = (frames: number) => curveFor(verifier.info, { templateFrames: template.captures, probeFrames: frames });
  thresholdAt(curve(1), fmr); // a wrong rate is refused before any work
  const captures: Capture[] = [];
  for await (const source of eachSource(sources, signal)) captures.push(await capture(verifier, source, signal));
  if (captures.length === 0) throw new TypeError('expected at least one source to verify, got none');

  const good = captures.filter(({ result, trouble }) => result && !(trouble && gate));
  const enough = good.length > 0 && good.length >= captures.length / 2;
  // Where the gate refuses, the distance is still told.
  const shown = (enough ? good : captures).flatMap(({ result }) => result ?? []);
  const refusal = enough ? undefined : commonest(captures.flatMap(({ trouble }) => trouble ?? [])).code;
  const points = curve(Math.max(1, shown.length));
  const measured = { threshold: thresholdAt(points, fmr), frames: shown.length };
  if (shown.length === 0) return conclude({ ...measured, distance: null, fmr: null, face: null, alike: true }, refusal);

  const embeddings = shown.map(({ embedding }) => embedding);
  const fusion = fuseEmbeddings(embeddings, outlierLimit(verifier.info.operatingPoints));
  const d = distance(fusion.embedding, template.embedding);
  const { face } = shown.at(-1)!;
  return conclude({ ...measured, distance: d, fmr: estimateFmr(points, d), face, alike: fusion.kept.length === shown.length }, refusal);
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
