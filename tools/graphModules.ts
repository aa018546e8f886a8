/** The parts of src/graph that the tools and the bench use; they import it from graph.mjs. */
export { decodeWeights } from '../src/graph/decodeWeights.js';
export { encodeWeight } from '../src/graph/encodeWeight.js';
export { inferShapes } from '../src/graph/inferShapes.js';
export { multiplyAddsOf } from '../src/graph/multiplyAdds.js';
export { readGraph } from '../src/graph/readGraph.js';
export { sizeOf } from '../src/graph/sizeOf.js';
export { slideWindow } from '../src/graph/slideWindow.js';
export { writeGraph } from '../src/graph/writeGraph.js';
