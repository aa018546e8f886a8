import type { FaceVerifier } from '../client/FaceVerifier.js';

/** The page's verifier, or what gives one at each start; the signal fires when the person cancels meanwhile. */
export type OwnVerifier = FaceVerifier | ((signal: AbortSignal) => FaceVerifier | Promise<FaceVerifier>);
