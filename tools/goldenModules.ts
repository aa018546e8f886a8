/** The parts of src/ with which golden-outputs.mjs computes what detector and mesh have to give. */
export { goldenInput } from '../src/engine/checkGolden.js';
export { DETECTOR_OUTPUTS } from '../src/engine/FaceDetector.js';
export { MESH_OUTPUTS } from '../src/engine/FaceMesher.js';
export { goldenDigest } from '../src/engine/goldenDigest.js';
export { interpret } from '../src/graph/interpret.js';
export { readGraph } from '../src/graph/readGraph.js';
