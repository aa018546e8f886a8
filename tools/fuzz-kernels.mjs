// npm run fuzz:kernels [-- --count 10000] [--seed 1]: draws graphs, and damages as many, and compares what every build of the kernels
// computes of them, on one thread and on two, with the reference interpreter. `npm test` does so with a few hundred.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const wrong = Object.entries(values).find(([, value]) => !/^[1-9]\d*$/.test(value));
if (wrong) {
  console.error(`expected --${wrong[0]} to be a positive whole number, got "${wrong[1]}"`);
  process.exit(2);
}
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'unit', 'src/engine/kernels/planGraph.fuzz.test.ts'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, VISAVIS_FUZZ_GRAPHS: values.count, VISAVIS_FUZZ_SEED: values.seed },
});
process.exitCode = status ?? 1;
