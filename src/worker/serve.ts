import { expose, type Endpoint } from 'comlink';
import { createEngineService } from './createEngineService.js';

/** Answers engine calls that arrive at a port: the worker's own, or a channel's on pages that must run the engine on their thread. */
export function serve(port: Endpoint): void {
  expose(createEngineService(), port);
}
