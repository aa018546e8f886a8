import { assertEmbedding } from '../../shared/assertEmbedding.js';
import { describe } from '../../shared/describe.js';
import type { FaceReport, QualityReason } from '../../shared/FaceReport.js';
import type { FrameOptions } from '../../shared/options.js';
import type { CaptureOutcome, LookResult } from '../../shared/captures.js';
import { isTypedArray } from '../../shared/isTypedArray.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { Looker } from './Looker.js';
import { originOf, type Origin } from '../madeEmbeddings.js';
import type { CaptureSource } from '../pictures/Sources.js';

export type Trouble = Pick<VisavisError, 'message' | 'reasons'> & { readonly code: 'no-face' | 'several-faces' | 'low-quality' };

/** Whether an error says that a picture shows no face that can be used. */
export function isTroubleCode(code: string): code is Trouble['code'] {
  return code === 'no-face' || code === 'several-faces' || code === 'low-quality';
}

export interface Capture {
  /** Null where there was no single face. */
  readonly face: FaceReport | null;
  /** Nobody else's; null without a face, and where the gate refused the capture. */
  readonly embedding: Float32Array | null;
  /** Null for a good capture. */
  readonly trouble: Trouble | null;
  /** Of the embedding. */
  readonly origin: Origin;
}

/**
 * Looks at one source. A picture without exactly one good face is an outcome; whatever else is wrong with it is thrown.
 * @param gate whether a capture of low quality is refused instead of embedded
 */
export async function capture(
  looker: Pick<Looker, 'info' | 'look'>,
  source: CaptureSource,
  { gate, ...options }: FrameOptions & { gate: boolean },
): Promise<Capture> {
  let seen: Pick<Capture, 'embedding' | 'origin'> & Pick<LookResult, 'face'>;
  try {
    seen = isResult(source) ? await given(looker, source) : await look(looker, source, { ...options, gate });
  } catch (error) {
    if (error instanceof VisavisError && (error.code === 'no-face' || error.code === 'several-faces')) {
      return { face: null, embedding: null, trouble: error as Trouble, origin: 'elsewhere' };
    }
    throw error;
  }
  const { reasons } = seen.face.quality;
  if (!gate || reasons.length === 0) return { ...seen, trouble: null };
  seen.embedding?.fill(0);
  const trouble = { code: 'low-quality', reasons, message: `The capture is of low quality: ${reasons.join(', ')}.` } as const;
  return { face: seen.face, embedding: null, trouble, origin: 'elsewhere' };
}

/** What a page is told of a capture. @param index of its source */
export function outcomeOf({ face, trouble }: Pick<Capture, 'face' | 'trouble'>, index: number): CaptureOutcome {
  if (!trouble) return { index, accepted: true, face };
  return { index, accepted: false, face, reason: trouble.reasons[0] ?? (trouble.code as Exclude<Trouble['code'], 'low-quality'>) };
}

/** The embeddings of captures, to be overwritten when the call is over. */
export function embeddingsOf(captures: readonly Capture[]): Float32Array[] {
  return captures.flatMap(({ embedding }) => embedding ?? []);
}

/** The commonest trouble, with the reasons of all. */
export function commonest(troubles: readonly Trouble[]): Trouble {
  const count = (code: string) => troubles.filter((t) => t.code === code).length;
  const worst = [...troubles].sort((a, b) => count(b.code) - count(a.code))[0]!;
  return { code: worst.code, message: worst.message, reasons: [...new Set<QualityReason>(troubles.flatMap((t) => t.reasons))] };
}

type GivenResult = Exclude<CaptureSource, ImageBitmapSource | VideoFrame> & LookResult;

function isResult(source: CaptureSource): source is GivenResult {
  return typeof source === 'object' && source !== null && 'embedding' in source && 'face' in source;
}

async function look(looker: Pick<Looker, 'look'>, source: Exclude<CaptureSource, GivenResult>, options: FrameOptions & { gate: boolean }) {
  const { face, embedding } = await looker.look(source, options);
  return { face, embedding, origin: embedding ? await originOf(looker, embedding, embedding) : ('elsewhere' as const) };
}

/** What the caller hands in is copied first: what is checked has to be what is compared, and the caller may still need the array. */
async function given(looker: Pick<Looker, 'info'>, { face, embedding }: GivenResult) {
  const { quality } = (face ?? {}) as Partial<FaceReport>;
  if (!Array.isArray(quality?.reasons)) throw new TypeError(`expected what embed returned, got a face that is ${describe(face)}`);
  const values = isTypedArray(embedding, 'Float32Array') ? new Float32Array(embedding) : embedding;
  assertEmbedding(values, looker.info.embeddingSize);
  return { face, embedding: values, origin: await originOf(looker, embedding, values) };
}
