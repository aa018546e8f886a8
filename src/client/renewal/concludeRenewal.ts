import { bestOf } from '../../ceremony/GoodFrames.js';
import { curveFor } from '../../matching/curveFor.js';
import { framesFor } from '../../matching/framesFor.js';
import { thresholdAt } from '../../matching/operatingCurve.js';
import type { EmbedResult } from '../../shared/captures.js';
import { describe } from '../../shared/describe.js';
import type { FaceReport } from '../../shared/FaceReport.js';
import type { LivenessResult } from '../../shared/liveness.js';
import { DEFAULT_FMR } from '../../shared/options.js';
import type { Template } from '../../shared/Template.js';
import type { NoMatchReason } from '../../shared/verification.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { assertKey } from '../../vault/protection/assertKey.js';
import { assertTemplate, nameOf } from '../assertTemplate.js';
import { commonest, type Capture } from '../live/capture.js';
import { enrollFrom } from '../enrollFrom.js';
import type { Looker } from '../live/Looker.js';
import { notCompared } from '../notCompared.js';
import type { OlderVerifier, RenewResult } from './RenewOptions.js';

/** What is renewed, by which two models, and how strictly. */
export interface RenewalTask {
  readonly looker: Looker;
  readonly from: OlderVerifier;
  readonly template: Template;
  readonly fmr: number;
  readonly signal: AbortSignal | undefined;
}

/** One frame as both models saw it. */
export interface SeenByBoth {
  readonly now: Capture;
  /** The trouble of `now`, where that had one: then the older model did not look. */
  readonly before: Capture;
}

/** Throws for what no renewal can work with, before anything is looked at. */
export async function assertRenewal({ looker, from, template, fmr }: Omit<RenewalTask, 'signal'>): Promise<void> {
  if (typeof from?.verify !== 'function' || !from.info) throw new TypeError(`expected from to be a face verifier, got ${describe(from)}`);
  if (nameOf(from.info) === nameOf(looker.info)) {
    throw new RangeError(
      `expected from to run another model or version than this verifier, got ${nameOf(from.info)}: nothing is to be renewed`,
    );
  }
  assertTemplate(template, from.info);
  await assertKey(template);
  const curves = from.info.normalized ?? from.info;
  framesFor(curves, { templateFrames: template.captures, fmr });
  thresholdAt(curveFor(curves, { templateFrames: template.captures, probeFrames: 1 }), singleRate(fmr)); // as each frame is verified
}

/**
 * Verifies the frames with the older model and, matching, makes a template of the very same ones. Two things have to hold: the best frames together
 * match at `fmr`; and each one that goes into the new template matched by itself at the rate of a verification, so that nobody gets in beside the
 * enrolled person. At least half of the frames have to be left.
 */
export async function concludeRenewal(
  task: RenewalTask,
  seen: readonly SeenByBoth[],
  { session, liveness = session }: { session: LivenessResult | null; liveness?: LivenessResult | null },
): Promise<RenewResult> {
  const { looker, from, template, fmr, signal } = task;
  const face = seen.flatMap(({ before, now }) => before.face ?? now.face ?? []).at(-1) ?? null;
  const good = seen.filter(({ now, before }) => now.embedding && before.embedding);
  if (good.length === 0 || good.length < seen.length / 2) {
    return refused(task, face, commonest(seen.flatMap(({ before }) => before.trouble ?? [])).code, session);
  }
  const alone: SeenByBoth[] = [];
  for (const one of good) {
    if ((await from.verify(embedded(one.before), template, { fmr: singleRate(fmr), signal })).match) alone.push(one);
  }
  const enough = alone.length >= seen.length / 2;
  const frames = framesFor(from.info.normalized ?? from.info, { templateFrames: template.captures, fmr });
  const best = bestOf(
    (enough ? alone : good).map(({ before }) => embedded(before)),
    frames,
  );
  const result = await from.verify(best, template, { fmr, signal, ...(liveness ? { liveness } : {}) });
  const no = (reason: NoMatchReason) => ({ ...result, session, match: false as const, reason, template: null });
  if (!result.match) return no(result.reason!);
  if (!enough) return no('different-person');
  try {
    const { embedding, ...made } = await enrollFrom(
      looker,
      alone.map(({ now }) => embedded(now)),
      { signal },
    );
    // Since when the person's face is kept does not change, nor for how long it may be. The same object: only that one can be signed.
    return Object.assign(result, { session, match: true as const, template: { ...made, embedding, createdAt: template.createdAt } });
  } catch (error) {
    if (error instanceof VisavisError && error.code === 'low-quality') return no('low-quality');
    throw error;
  }
}

/** The result where nothing was compared. */
export function refused(
  { from, template, fmr }: RenewalTask,
  face: FaceReport | null,
  reason: NoMatchReason,
  session: LivenessResult | null,
): RenewResult {
  return { ...notCompared(from.info, { template, fmr, face, reason }), session, template: null };
}

/** The rate for a single frame: that of a verification, or the renewal's own where it is less strict. */
function singleRate(fmr: number): number {
  return Math.max(fmr, DEFAULT_FMR);
}

function embedded({ face, embedding }: Capture): EmbedResult {
  return { face: face!, embedding: embedding! };
}
