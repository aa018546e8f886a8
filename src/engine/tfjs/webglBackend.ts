import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';

export interface WebglHandle {
  readonly build: 'webgl1' | 'webgl2';
  /** True once the browser took the context away: results read since then are worthless. */
  isLost(): boolean;
}

/** One context per thread, which verifiers share. */
let started: WebglHandle | null = null;

/** Starts WebGL, afresh when an earlier context was lost. Throws an Error where there is none. */
export async function startWebgl(): Promise<WebglHandle> {
  const webgl = await import('@tensorflow/tfjs-backend-webgl');
  if (started?.isLost()) stopWebgl();
  if (!tf.findBackendFactory('webgl')) tf.registerBackend('webgl', () => new webgl.MathBackendWebGL(), 2);
  if (!(await tf.setBackend('webgl'))) throw new Error('WebGL is not available');
  started ??= handleOf(
    (tf.backend() as unknown as MathBackendWebGL).getGPGPUContext().gl as WebGL2RenderingContext & { canvas: EventTarget },
  );
  return started;
}

/** Gives textures and programs back; `startWebgl` starts afresh. The context stays, a few pixels large. */
export function stopWebgl(): void {
  if (!started) return;
  started = null;
  tf.removeBackend('webgl');
}

function handleOf(gl: WebGL2RenderingContext & { canvas: EventTarget }): WebglHandle {
  // A context that was lost stays lost here, also when the browser restores it: its textures and programs are gone.
  let lost = false;
  gl.canvas.addEventListener('webglcontextlost', () => {
    lost = true;
    // Its fences never signal, and TensorFlow.js would wait for them for ever: let the call under way end, with results that isLost()
    // tells the caller to throw away.
    gl.clientWaitSync = () => gl.ALREADY_SIGNALED;
  });
  return { build: tf.env().getNumber('WEBGL_VERSION') === 2 ? 'webgl2' : 'webgl1', isLost: () => lost || gl.isContextLost() };
}
