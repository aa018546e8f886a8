import type { EngineBridge } from './EngineBridge.js';
import type { ImageSource } from './ImageSource.js';
import type { Frame } from './readSource.js';

/**
 * The key by which `visavis/testing`, and nothing else, reaches into a verifier. A registered symbol, because that entry is built as a
 * separate file.
 */
export const ENGINE_ACCESS = Symbol.for('visavis.engineAccess');

export interface EngineAccess {
  readonly bridge: EngineBridge;
  /** Returns a function that takes the frame when it is this call's turn. */
  readonly take: (source: ImageSource) => () => Promise<Frame>;
}
