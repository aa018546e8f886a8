/** @typedef {import('./openVisavis.js').Library} Library */

const AT = '/face-api/dist/face-api.esm.js';
const MODELS = '/face-api/model/';
/** The threshold in its documentation. */
const SAME_PERSON = 0.6;

/** Its small detector and landmarks and its recognition, on its WASM backend. It does not track. @returns {Promise<Library>} */
export async function openFaceApi() {
  const faceapi = await import(AT);
  const { tinyFaceDetector, faceLandmark68TinyNet, faceRecognitionNet } = faceapi.nets;
  faceapi.tf.setWasmPaths('/tfjs-wasm/');
  await faceapi.tf.setBackend('wasm');
  await faceapi.tf.ready();
  await Promise.all([tinyFaceDetector, faceLandmark68TinyNet, faceRecognitionNet].map((net) => net.loadFromUri(MODELS)));
  const options = new faceapi.TinyFaceDetectorOptions();
  return {
    build: `${faceapi.tf.getBackend()}, ${faceapi.tf.env().getBool('WASM_HAS_MULTITHREAD_SUPPORT') ? 'threads' : '1 thread'}, in the page`,
    async embed(source) {
      const found = await faceapi.detectSingleFace(source, options).withFaceLandmarks(true).withFaceDescriptor();
      if (!found) throw new Error('face-api found no face');
      return found.descriptor;
    },
    samePerson: (a, b) => faceapi.euclideanDistance(a, b) < SAME_PERSON,
    memory: async () => tensors(faceapi.tf.memory()),
  };
}

/** @param {{ numTensors: number, numBytes: number }} memory */
function tensors({ numTensors, numBytes }) {
  return { tensors: numTensors, bytes: numBytes };
}
