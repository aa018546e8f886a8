import KERNELS from 'virtual:visavis/kernels';
import { helpKernels } from '../../../src/engine/kernels/helpKernels.js';
import { openKernels } from '../../../src/engine/kernels/openKernels.js';
import { serveRuntime } from './serveRuntime.js';

if (!helpKernels(self))
  serveRuntime(async ({ threads: wanted, relaxed, arithmetic, size, modelJson, weights }) => {
    const { build, threads, runtime } = await openKernels(KERNELS, { threads: wanted, ...(relaxed === false && { relaxed }) });
    const graph = runtime.load({ modelJson, weights }, { size, outputs: ['embedding'], arithmetic: arithmetic ?? runtime.fastest });
    return {
      build: `${build}, ${graph.arithmetic}`,
      threads,
      async run(input) {
        graph.input.set(input);
        const [embedding] = await graph.run();
        // The others return copies too.
        return embedding.slice();
      },
    };
  });
