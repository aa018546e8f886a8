import type { EnrollLiveOptions } from '../../shared/enrollment.js';
import type { LivenessOptions, LivenessRunOptions } from '../../shared/liveness.js';

/** What the two halves of a guided call are told. */
export interface GuidedOptions {
  /** Null where no session is asked for. */
  readonly session: { readonly drawn: LivenessOptions; readonly listeners: LivenessRunOptions } | null;
  readonly views: Omit<EnrollLiveOptions, 'liveness'>;
}

/**
 * Splits the options of a guided call. Both halves look at the same frames: what only one of them is told of mirroring holds for the other, too.
 */
export function guidedOptions({ liveness, ...views }: EnrollLiveOptions): GuidedOptions {
  if (!liveness) return { session: null, views };
  const { onPrompt, onProgress, ...drawn } = liveness;
  const mirrored = views.mirrored ?? drawn.mirrored ?? false;
  return {
    session: {
      drawn: { ...drawn, mirrored: drawn.mirrored ?? mirrored },
      listeners: { signal: views.signal, onPrompt, onProgress },
    },
    views: { ...views, mirrored },
  };
}
