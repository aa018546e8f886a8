/** The parts of src/ with which golden-outputs.mjs computes what detector and mesh have to give, and embedders in 8-bit integers. */
export { goldenInput } from '../src/engine/models/checkGolden.js';
export { DETECTOR_OUTPUTS } from '../src/engine/FaceDetector.js';
export { MESH_OUTPUTS } from '../src/engine/FaceMesher.js';
export { computePlan } from '../src/engine/fixtures/computePlan.js';
export { goldenDigest } from '../src/engine/models/goldenDigest.js';
export { planGraph } from '../src/engine/kernels/planGraph.js';
export { interpret } from '../src/graph/interpret.js';
export { readGraph } from '../src/graph/readGraph.js';
export { normalizeL2 } from '../src/matching/normalizeL2.js';
export { goldenPattern } from '../src/shared/goldenPattern.js';
