import { assertEmbedding } from '../shared/assertEmbedding.js';
import type { FaceReport, QualityReason } from '../shared/FaceReport.js';
import type { FrameOptions } from '../shared/options.js';
import type { LookResult } from '../shared/captures.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { Looker } from './Looker.js';
import type { CaptureSource } from './Sources.js';

export type Trouble = Pick<VisavisError, 'message' | 'reasons'> & { readonly code: 'no-face' | 'several-faces' | 'low-quality' };

export interface Capture {
  /** Null where there was no single face. */
  readonly face: FaceReport | null;
  /** Null without a face, and where the gate refused the capture. */
  readonly embedding: Float32Array | null;
  /** Null for a good capture. */
  readonly trouble: Trouble | null;
  /** Whether the embedding came from the caller, who may still need it. */
  readonly given: boolean;
}

/**
 * Looks at one source. A picture without exactly one good face is an outcome; whatever else is wrong with it is thrown.
 * @param gate whether a capture of low quality is refused instead of embedded
 */
export async function capture(
  looker: Looker,
  source: CaptureSource,
  { gate, ...options }: FrameOptions & { gate: boolean },
): Promise<Capture> {
  let result: LookResult;
  try {
    result = isResult(source) ? checked(source, looker.info.embeddingSize) : await looker.look(source, { ...options, gate });
  } catch (error) {
    if (error instanceof VisavisError && (error.code === 'no-face' || error.code === 'several-faces')) {
      return { face: null, embedding: null, trouble: error as Trouble, given: false };
    }
    throw error;
  }
  const { reasons } = result.face.quality;
  if (!gate || reasons.length === 0) return { ...result, trouble: null, given: isResult(source) };
  const trouble = { code: 'low-quality', reasons, message: `The capture is of low quality: ${reasons.join(', ')}.` } as const;
  return { face: result.face, embedding: null, trouble, given: false };
}

/** The embeddings that were made here, to be overwritten when the call is over. */
export function ownEmbeddings(captures: readonly Capture[]): Float32Array[] {
  return captures.flatMap(({ embedding, given }) => (embedding && !given ? embedding : []));
}

/** The commonest trouble, with the reasons of all. */
export function commonest(troubles: readonly Trouble[]): Trouble {
  const count = (code: string) => troubles.filter((t) => t.code === code).length;
  const worst = [...troubles].sort((a, b) => count(b.code) - count(a.code))[0]!;
  return { code: worst.code, message: worst.message, reasons: [...new Set<QualityReason>(troubles.flatMap((t) => t.reasons))] };
}

function isResult(source: CaptureSource): source is Exclude<CaptureSource, ImageBitmapSource | VideoFrame> & LookResult {
  return typeof source === 'object' && source !== null && 'embedding' in source && 'face' in source;
}

function checked(result: LookResult, size: number): LookResult {
  assertEmbedding(result.embedding, size);
  return { face: result.face, embedding: result.embedding };
}
