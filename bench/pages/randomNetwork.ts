import { writeGraph } from '../../src/graph/writeGraph.js';
import { ARCHITECTURES } from '../../src/importer/architectures/architectures.js';
import { randomWeights } from '../../src/importer/fixtures/randomWeights.js';
import { writeArchitecture } from '../../src/importer/architectures/writeArchitecture.js';
import { nameEnds } from '../../src/importer/passes/nameEnds.js';
import { simplify } from '../../src/importer/passes/simplify.js';

/** An architecture's network with random weights, as the importer leaves it, in float32. */
export function randomNetwork(id: string): { modelJson: unknown; weights: ArrayBuffer } {
  const architecture = ARCHITECTURES.find((each) => each.id === id);
  if (!architecture) throw new RangeError(`expected the id of an architecture, got "${id}"`);
  const { network } = simplify(writeArchitecture(architecture, randomWeights(1)), { swap: false, scalable: true });
  const { modelJson, weights } = writeGraph(nameEnds(network).graph);
  return { modelJson, weights: weights.slice().buffer };
}
