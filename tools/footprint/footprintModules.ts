/** The parts of the engine that `npm run footprint` measures. */
export { DETECTOR_OUTPUTS } from '../../src/engine/FaceDetector.js';
export { EMBEDDER_OUTPUTS } from '../../src/engine/Embedder.js';
export { MESH_OUTPUTS } from '../../src/engine/FaceMesher.js';
export { encodeSteps } from '../../src/engine/kernels/encodeSteps.js';
export { KernelMemory } from '../../src/engine/kernels/KernelMemory.js';
export { planGraph } from '../../src/engine/kernels/planGraph.js';
export { bitsOf, bytesOf, depthOf } from '../../src/engine/kernels/Step.js';
export { readGraph } from '../../src/graph/readGraph.js';
