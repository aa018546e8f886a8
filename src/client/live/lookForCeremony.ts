import type { CeremonyFrame } from '../../ceremony/CeremonyFrame.js';
import { rivals } from '../../geometry/selectFace.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { Looker } from './Looker.js';
import type { TimedFrame } from '../camera/timedFrames.js';

export interface LookingFor {
  signal: AbortSignal | undefined;
  /** `always` or `never`, whatever the quality; `good`: only what passes the quality gate. */
  embed: 'always' | 'good' | 'never';
  /** Whether the faces of the previous frame are followed, the default, instead of searching the whole frame. */
  track?: boolean;
}

/** Looks at one frame of a ceremony. No face, or several, is a finding and no error. */
export async function lookForCeremony(
  looker: Looker,
  { source, time }: TimedFrame,
  { signal, embed, track = true }: LookingFor,
): Promise<CeremonyFrame> {
  const options = { signal, track };
  if (embed === 'never') {
    const faces = rivals(await looker.analyze(source, options));
    return { time, faces: faces.length, face: faces.length === 1 ? faces[0]! : null, embedding: null };
  }
  try {
    return { time, faces: 1, ...(await looker.look(source, { ...options, gate: embed === 'good' })) };
  } catch (error) {
    const code = error instanceof VisavisError ? error.code : '';
    if (code !== 'no-face' && code !== 'several-faces') throw error;
    return { time, faces: code === 'no-face' ? 0 : 2, face: null, embedding: null };
  }
}
