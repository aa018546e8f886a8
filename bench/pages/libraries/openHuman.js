/** @typedef {import('./openVisavis.js').Library} Library */

/** The threshold in its demos. */
const SAME_PERSON = 0.5;
const OFF = { enabled: false };
const CONFIG = {
  backend: 'wasm',
  wasmPath: '/tfjs-wasm/',
  modelBasePath: '/human/models/',
  debug: false,
  filter: OFF,
  gesture: OFF,
  body: OFF,
  hand: OFF,
  object: OFF,
  segmentation: OFF,
  face: { iris: OFF, emotion: OFF, antispoof: OFF, liveness: OFF },
};
const NEVER = { skipFrames: 0, skipTime: 0 };
const DETECTOR = { skipFrames: 99, skipTime: 2500 };
const DESCRIPTION = { skipFrames: 99, skipTime: 3000 };
/** `cached` uses its defaults: while the picture hardly changes, it returns the same embedding for three seconds. */
const MODES = {
  cached: { cacheSensitivity: 0.7, face: { detector: DETECTOR, description: DESCRIPTION } },
  tracked: { cacheSensitivity: 0.7, face: { detector: DETECTOR, description: NEVER } },
  anew: { cacheSensitivity: 0, face: { detector: NEVER, description: NEVER } },
};

/**
 * Its detector, mesh and description, with everything else off, on its WASM backend. The page has already loaded its script.
 * @returns {Promise<Library>}
 */
export async function openHuman() {
  const { Human } = /** @type {any} */ (window).Human;
  const human = new Human(CONFIG);
  await human.load();
  return {
    build: `${human.tf.getBackend()}, ${human.env.wasm.multithread ? 'threads' : '1 thread'}, in the page`,
    async embed(source, mode) {
      const { face, error } = await human.detect(source, MODES[mode]);
      if (!face?.[0]?.embedding) throw new Error(`human found no face ${error ?? ''}`);
      return face[0].embedding;
    },
    samePerson: (a, b) => human.match.similarity(a, b) > SAME_PERSON,
    async memory() {
      const { numTensors, numBytes } = human.tf.memory();
      return { tensors: numTensors, bytes: numBytes };
    },
  };
}
