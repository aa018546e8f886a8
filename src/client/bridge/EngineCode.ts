import type { Endpoint } from 'comlink';
import type { TfjsPart } from '../../shared/EngineService.js';

/** Where an entry of the package has the engine: in files beside it, or inside itself. */
export interface EngineCode {
  /** @throws VisavisError `backend-unavailable` */
  readonly startWorker: () => Promise<EngineWorker>;
  /** For pages without workers. */
  readonly importHere: () => Promise<{ serve: (port: Endpoint) => void }>;
  /** Where TensorFlow.js's files are, as far as the entry knows: URLs, or objects of a bundler whose `href` is a path. */
  readonly tfjs: () => Readonly<Record<TfjsPart, readonly { readonly href: string }[]>>;
}

export interface EngineWorker {
  readonly worker: Worker;
  /** Browsers do not say why a script was not loaded: what it may have been, and what mends it. */
  readonly notLoaded: string;
  /** To be called once the worker has ended. */
  readonly release?: () => void;
}
