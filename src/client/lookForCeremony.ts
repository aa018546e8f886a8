import type { CeremonyFrame } from '../ceremony/CeremonyFrame.js';
import { rivals } from '../geometry/selectFace.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { Looker } from './Looker.js';
import type { TimedSource } from './timedFrames.js';

export interface LookingFor {
  signal: AbortSignal | undefined;
  /** `always` and `never`: whatever its quality; `good`: only a capture that the quality gate lets pass. */
  embed: 'always' | 'good' | 'never';
}

/** Looks at one frame of a ceremony, following the faces of the frame before. No face, or several, is something that was seen. */
export async function lookForCeremony(
  looker: Looker,
  { source, time }: TimedSource,
  { signal, embed }: LookingFor,
): Promise<CeremonyFrame> {
  const options = { signal, track: true };
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
