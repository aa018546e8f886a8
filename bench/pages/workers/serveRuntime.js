/**
 * @typedef {{ threads: number, relaxed?: boolean, arithmetic?: import('../../../src/shared/Arithmetic.js').Arithmetic, size: number, modelJson: any,
 *   weights: ArrayBuffer, onnx: ArrayBuffer, tflite: ArrayBuffer }} Request `relaxed`: if false, without relaxed SIMD; `size`: side of the input; the rest is the graph in every format
 * @typedef {{ build: string, threads: number, run: (input: Float32Array) => Promise<Float32Array> | Float32Array }} Runtime picture in,
 *   embedding out, both as JavaScript arrays
 */

/** The picture that converted graphs take: 160 × 160, RGB. */
export const SHAPE = [1, 160, 160, 3];

/**
 * The common part of every runtime's worker: opens the runtime, runs it as often as it is told, and does nothing in between.
 * @param {(request: Request) => Promise<Runtime>} open
 */
export function serveRuntime(open) {
  /** @type {Runtime} */
  let runtime;
  /** @type {Float32Array} */
  let input;
  /** @param {any} message */
  const answer = async (message) => {
    if (message.kind === 'open') {
      input = message.input;
      runtime = await open(message);
      const { build, threads } = runtime;
      return { build, threads, embedding: await runtime.run(input) };
    }
    const times = new Float64Array(message.runs);
    for (let i = 0; i < times.length; i++) {
      const began = performance.now();
      await runtime.run(input);
      times[i] = performance.now() - began;
    }
    return { times: Array.from(times) };
  };
  addEventListener('message', ({ data }) => {
    answer(data).then(
      (value) => postMessage(value),
      (error) => postMessage({ error: String(error?.stack ?? error?.message ?? error) }),
    );
  });
  postMessage('ready');
}
