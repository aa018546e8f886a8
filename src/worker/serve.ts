import { expose, type Endpoint } from 'comlink';
import { UNREADABLE } from '../shared/EngineService.js';
import { onUnreadable } from '../shared/onUnreadable.js';
import { createEngineService } from './createEngineService.js';

/** Answers engine calls that arrive at a port: the worker's own, or a channel's on pages that must run the engine on their thread. */
export function serve(port: Endpoint): void {
  // It has no number to reply to.
  onUnreadable(port, () => port.postMessage(UNREADABLE));
  expose(createEngineService(), port);
}
