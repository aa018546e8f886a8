import fc from 'fast-check';
import { expect, it } from 'vitest';
import { graphCases } from '../../src/engine/fixtures/graphCases.js';
import { planGraph } from '../../src/engine/kernels/planGraph.js';
import { UnsupportedGraph } from '../../src/engine/kernels/UnsupportedGraph.js';
import type { GraphNode } from '../../src/graph/Graph.js';
import { foldConstants } from '../../src/importer/passes/foldConstants.js';
import { slowLayers } from '../../src/importer/slowLayers.js';

it('tells of the networks that the kernels leave to TensorFlow.js, and of no others', () => {
  const counts = { run: 0, left: 0 };
  const runs = (plan: () => unknown) => {
    try {
      plan();
      return true;
    } catch (error) {
      if (error instanceof UnsupportedGraph) return false;
      throw error;
    }
  };
  fc.assert(
    fc.property(graphCases, ({ graph: drawn, size, outputs: [output] }) => {
      const input = { ...drawn.nodes.get('x')!, attributes: { shape: { shape: [1, size, size, 3] } } };
      const { graph } = foldConstants({ graph: { ...drawn, nodes: new Map([...drawn.nodes, ['x', input]]) }, input: 'x', output });
      // Biases of more axes than the row, which no pass fuses, give the reference another shape.
      const long = ({ op, inputs }: GraphNode) =>
        op === '_FusedMatMul' && inputs.slice(2).some((name) => graph.weights.get(name)!.shape.length > 2);
      fc.pre(![...graph.nodes.values()].some(long));
      const known = runs(() => planGraph(graph, size, [output]));
      counts[known ? 'run' : 'left']++;
      expect(slowLayers(graph, output).length === 0).toBe(known);
    }),
    { numRuns: Number(process.env.VISAVIS_FUZZ_GRAPHS ?? 300), seed: Number(process.env.VISAVIS_FUZZ_SEED ?? 1) },
  );
  expect(Math.min(counts.run, counts.left)).toBeGreaterThan(30);
}, 240_000);
