import type { PackedFiles } from '../../src/shared/PackedFiles.js';
import { unpackFile } from '../../src/shared/unpackFile.js';
import type { Arithmetic } from '../../src/shared/Arithmetic.js';
import { columnScales } from '../../src/engine/kernels/columnScales.js';
import { encodeSteps, OP_WORDS } from '../../src/engine/kernels/encodeSteps.js';
import type { KernelExports } from '../../src/engine/kernels/kernelBuilds.js';
import { KernelMemory } from '../../src/engine/kernels/KernelMemory.js';
import { MEETING_BYTES } from '../../src/engine/kernels/KernelRuntime.js';
import { BARE, LINEAR, POINT } from '../../src/engine/kernels/Step.js';

/** [20][128] times [128][32]: 27 kB, which stay in the nearest cache. */
const [ROWS, DEPTH, COLUMNS] = [20, 128, 32];
const REPEATS = 500;
/** About half a second: a browser takes a while to compile well what runs often. The fastest tenth counts. */
const SAMPLES = 400;

/** Billions of multiply-adds a second that the kernels' matrix product reaches on one thread where nothing has to be fetched: of floats, or of 16-bit integers. */
export async function measurePeak(files: PackedFiles, arithmetic: Exclude<Arithmetic, 'int8'> = 'float32'): Promise<number> {
  const memory = new KernelMemory(false);
  const module = await WebAssembly.compile(await unpackFile(files, 'kernels-relaxed'));
  const { exports } = await WebAssembly.instantiate(module, { env: { memory: memory.memory } });
  const kernels = exports as unknown as KernelExports;
  const meeting = memory.allocate(MEETING_BYTES);
  const input = { h: 1, w: ROWS, c: DEPTH };
  const output = { ...input, c: COLUMNS };
  const weights = new Float32Array(DEPTH * COLUMNS).fill(0.1);
  const scales = arithmetic === 'int16' ? columnScales(weights, DEPTH, COLUMNS)! : undefined;
  const filter = { weights, bias: new Float32Array(COLUMNS), activation: LINEAR, scales };
  const step = { ...BARE, kind: 'convolution', input, output, window: POINT, filter } as const;
  // Rounding the inputs is another step, which comes first and is not timed.
  const rows = { ...input, rows: 16 } as const;
  const steps = scales ? [{ ...BARE, kind: 'rows', input, output: rows, window: POINT } as const, { ...step, input: rows }] : [step];
  const encoded = encodeSteps({ input, steps, outputs: [{ value: output, sigmoid: false }] }, memory);
  const product = encoded.ops + (steps.length - 1) * OP_WORDS * 4;
  const scratch = memory.allocate(encoded.scratch);
  memory.words(meeting, 1)[0] = scratch;
  memory.floats(encoded.input, ROWS * DEPTH).fill(0.3);
  kernels.run(encoded.ops, steps.length, meeting, 0);
  const times = Array.from({ length: SAMPLES }, () => {
    const start = performance.now();
    for (let i = 0; i < REPEATS; i++) kernels.run(product, 1, meeting, 0);
    return (performance.now() - start) / REPEATS;
  });
  times.sort((a, b) => a - b);
  return (ROWS * DEPTH * COLUMNS) / 1e6 / times[Math.floor(SAMPLES / 10)];
}
