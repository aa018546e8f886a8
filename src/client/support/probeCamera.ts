import type { SupportValue } from '../../shared/support.js';
import { cameraSurroundings } from '../camera/cameraSurroundings.js';

/** Asks for nothing that the browser would ask the user about. */
export async function probeCamera(): Promise<SupportValue> {
  if (typeof document === 'undefined') return 'no';
  if (!isSecureContext) return 'insecure';
  const { mediaDevices, permissions } = navigator;
  if (typeof mediaDevices?.getUserMedia !== 'function') return 'no';
  if (cameraSurroundings(false).policyAllows === false) return 'forbidden';
  // Some browsers have no such permission to ask for, and reject.
  const state = await permissions?.query({ name: 'camera' }).then(
    (status) => status.state,
    () => null,
  );
  if (state === 'denied') return 'denied';
  const devices = await mediaDevices.enumerateDevices();
  if (!devices.some(({ kind }) => kind === 'videoinput')) return 'missing';
  return state === 'granted' ? 'granted' : 'prompt';
}
