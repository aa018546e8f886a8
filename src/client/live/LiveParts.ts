import type { LivenessOptions } from '../../shared/liveness.js';
import type { LivenessSession } from './LivenessSession.js';
import type { Looker } from './Looker.js';

/** What a live call works with: eyes, and how it gets a liveness session. */
export interface LiveParts {
  readonly looker: Looker;
  readonly drawSession: (options: LivenessOptions) => Pick<LivenessSession, 'run'>;
}
