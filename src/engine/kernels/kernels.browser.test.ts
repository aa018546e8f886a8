import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import KERNELS from 'virtual:visavis/kernels';
import type { Pixels } from '../../geometry/Pixels.js';
import { PixelPicture } from '../../geometry/PixelPicture.js';
import { face, MODELS_URL, pixelsOf } from '../../../e2e/fixtures/pictures.js';
import { DETECTOR_OUTPUTS } from '../FaceDetector.js';
import { MESH_OUTPUTS } from '../FaceMesher.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import type { Graph, GraphRuntime } from '../GraphRuntime.js';
import { loadModels, type Models } from '../models/loadModels.js';
import { tfjsRuntime } from '../tfjs/tfjsRuntime.js';
import { startWasm } from '../tfjs/wasmBackend.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { readGraph } from '../../graph/readGraph.js';
import { computePlan } from '../fixtures/computePlan.js';
import { TestGraph } from '../fixtures/TestGraph.js';
import { KernelMemory } from './KernelMemory.js';
import { planGraph } from './planGraph.js';
import { openKernels } from './openKernels.js';

let models: Models;
let reference: GraphRuntime;
let photo: ImageData;

beforeAll(async () => {
  models = await loadModels({ modelsUrl: MODELS_URL, model: 'mobilenet-160' }, () => undefined);
  await startWasm();
  reference = tfjsRuntime('wasm');
  photo = pixelsOf(await face('person03-a-front'));
});

const GRAPHS = [
  ['detector', DETECTOR_OUTPUTS],
  ['mesh', MESH_OUTPUTS],
  ['embedder', ['embedding']],
] as const;

describe.each([true, false])('the kernels, relaxed SIMD: %s', (relaxed) => {
  let runtime: GraphRuntime;
  let graph: Graph;
  beforeAll(async () => {
    ({ runtime } = await openKernels(KERNELS, { relaxed }));
    graph = runtime.load(models.mesh.files, { size: 192, outputs: MESH_OUTPUTS });
  });
  afterAll(() => runtime.dispose());

  it.each(GRAPHS)('compute for the %s what TensorFlow.js computes', async (name, outputs) => {
    const { files, manifest } = models[name];
    const { size } = manifest.input;
    const mine = runtime.load(files, { size, outputs, arithmetic: 'float32' });
    const rounded = runtime.load(files, { size, outputs });
    expect([mine.arithmetic, rounded.arithmetic]).toEqual(['float32', 'int16']);
    const theirs = reference.load(files, { size, outputs });
    const picture = new PixelPicture(photo);
    for (const fill of [
      (input: Float32Array) => input.set(goldenPattern(size)),
      (input: Float32Array) => picture.sample({ a: size / 480, b: 0.05, tx: -size / 6, ty: 0 }, size, manifest.input, input),
    ]) {
      fill(mine.input);
      fill(rounded.input);
      fill(theirs.input);
      const [actual, narrow, expected] = await Promise.all([mine.run(), rounded.run(), theirs.run()]);
      actual.forEach((values, i) => {
        const scale = expected[i].reduce((max, v) => Math.max(max, Math.abs(v)), 0);
        const gap = (of: Float32Array) => of.reduce((max, v, j) => Math.max(max, Math.abs(v - expected[i][j])), 0) / scale;
        expect(values.length).toBe(expected[i].length);
        expect(gap(values), outputs[i]).toBeLessThan(2e-5);
        expect(gap(narrow[i]), `${outputs[i]} in integers`).toBeLessThan(1e-2);
      });
    }
    theirs.dispose();
  });

  it('multiply 8-bit integers, where they can, as the reference does, to the last bit', async () => {
    const random = seededRandom(3);
    const g = new TestGraph(random);
    const wide = g.conv(g.conv(g.input, { k: 3, stride: 2, c: 40, relu: false }), { k: 1, c: 70, relu: false });
    const outputs = [g.product(g.mean(g.conv(wide, { k: 3, c: 96 })), 24).name];
    const bytes = runtime.load(g.files(), { size: 33, outputs, arithmetic: 'int8' });
    expect(bytes.arithmetic).toBe(relaxed ? 'int8' : 'int16');
    const input = Float32Array.from({ length: 33 * 33 * 3 }, () => 2 * random() - 1);
    bytes.input.set(input);
    const [actual] = await bytes.run();
    const plan = planGraph(readGraph(g.files()), 33, outputs, bytes.arithmetic);
    // Processors without fused multiply-add round twice.
    const expected = (['fused', 'apart'] as const).map((rounding) => [...computePlan(plan, input, rounding)[0]]);
    expect(expected).toContainEqual([...actual]);
  });

  it('sample pictures as JavaScript does, whatever the size, turn and place', () => {
    const norm = { scale: 1 / 127.5, offset: -1 };
    const expected = new Float32Array(192 * 192 * 3);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 90 }),
        fc.double({ min: 0.3, max: 5, noNaN: true }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: -200, max: 200, noNaN: true }),
        fc.infiniteStream(fc.nat(255)),
        (width, height, scale, angle, shift, stream) => {
          const data = new Uint8ClampedArray(width * height * 4);
          const values = stream[Symbol.iterator]();
          for (let i = 0; i < data.length; i += 7) data[i] = values.next().value as number;
          const pixels: Pixels = { width, height, data };
          const view = { a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx: shift, ty: 96 - shift / 2 };
          new PixelPicture(pixels).sample(view, 192, norm, expected);
          runtime.picture(pixels).sample(view, 192, norm, graph.input);
          const gap = graph.input.reduce((max, v, i) => Math.max(max, Math.abs(v - expected[i])), 0);
          // Single precision knows a place to 1e-4 pixels here, and neighbors differ by at most 2.
          expect(gap).toBeLessThan(5e-4);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('halve pictures exactly as JavaScript does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100 }), fc.integer({ min: 2, max: 21 }), fc.nat(), (width, height, seed) => {
        const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i * 2654435761 + seed) >>> 24);
        // At a scale of a half the picture is halved once and then copied, pixel by pixel.
        const view = { a: 0.5, b: 0, tx: 0, ty: 0 };
        const size = (width + 1) >> 1;
        const expected = new Float32Array(size * size * 3);
        new PixelPicture({ width, height, data }).sample(view, size, { scale: 1, offset: 0 }, expected);
        runtime.picture({ width, height, data }).sample(view, size, { scale: 1, offset: 0 }, graph.input);
        expect(graph.input.subarray(0, expected.length)).toEqual(expected);
      }),
    );
  });
});

describe('KernelMemory', () => {
  it('grows, aligns and keeps what is stored', () => {
    const memory = new KernelMemory(false);
    const at = memory.store(Float32Array.of(1, 2, 3));
    const far = memory.allocate(40_000_000);
    expect(at % 64).toBe(0);
    expect(far).toBeGreaterThan(at);
    expect([...memory.floats(at, 3)]).toEqual([1, 2, 3]);
    expect(memory.bytes(far, 40_000_000).at(-1)).toBe(0);
  });
});
