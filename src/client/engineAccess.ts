import type { EngineBridge } from './EngineBridge.js';
import type { ImageSource } from './ImageSource.js';
import type { Frame } from './readSource.js';

/** What `visavis/testing` reaches of a verifier; nothing else does. Registered, because that entry is built as a file of its own. */
export const ENGINE_ACCESS = Symbol.for('visavis.engineAccess');

export interface EngineAccess {
  readonly bridge: EngineBridge;
  /** Takes a frame when its turn has come. */
  readonly take: (source: ImageSource) => () => Promise<Frame>;
}
