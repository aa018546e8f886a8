import { assertEmbedding } from '../geometry/distance.js';
import type { QualityReason } from '../shared/FaceReport.js';
import type { EmbedResult } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { FaceVerifier } from './FaceVerifier.js';
import type { CaptureSource } from './Sources.js';

export type Trouble = Pick<VisavisError, 'message' | 'reasons'> & { readonly code: 'no-face' | 'several-faces' | 'low-quality' };

export interface Capture {
  /** Null where there was no single face. */
  readonly result: EmbedResult | null;
  /** Null for a good capture. */
  readonly trouble: Trouble | null;
}

/** Looks at one source. A picture without a single good face is an outcome; anything else that is wrong with it is thrown. */
export async function capture(verifier: FaceVerifier, source: CaptureSource, signal: AbortSignal | undefined): Promise<Capture> {
  let result: EmbedResult;
  try {
    result = isEmbedResult(source) ? checked(source, verifier.info.embeddingSize) : await verifier.embed(source, signal ? { signal } : {});
  } catch (error) {
    if (error instanceof VisavisError && (error.code === 'no-face' || error.code === 'several-faces')) {
      return { result: null, trouble: error as Trouble };
    }
    throw error;
  }
  const { reasons } = result.face.quality;
  if (reasons.length === 0) return { result, trouble: null };
  return { result, trouble: { code: 'low-quality', reasons, message: `The capture is of low quality: ${reasons.join(', ')}.` } };
}

/** The trouble that came up most often, with every reason seen. */
export function commonest(troubles: readonly Trouble[]): Trouble {
  const count = (code: string) => troubles.filter((t) => t.code === code).length;
  const worst = [...troubles].sort((a, b) => count(b.code) - count(a.code))[0]!;
  return { code: worst.code, message: worst.message, reasons: [...new Set<QualityReason>(troubles.flatMap((t) => t.reasons))] };
}

function isEmbedResult(source: CaptureSource): source is EmbedResult {
  return typeof source === 'object' && source !== null && 'embedding' in source && 'face' in source;
}

function checked(result: EmbedResult, size: number): EmbedResult {
  assertEmbedding(result.embedding, size);
  return result;
}
