// npm run profile [-- --rounds N --model ID]: where each millisecond of a frame goes, by stage and by way to run, in a headless browser on
// one thread; and how far the embedder is from what the processor's multiply-adds allow. Prints Markdown tables.
import { parseArgs } from 'node:util';
import { count } from './count.mjs';
import { withDevPage } from './withDevPage.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '12' }, model: { type: 'string', default: 'mobilenet-160' } },
});
const rounds = count('--rounds', values.rounds);

/** @typedef {import('../src/shared/Arithmetic.js').Arithmetic} Arithmetic */

await withDevPage(async (page) => {
  const { stages, layers, peaks } = await page.evaluate(profileInPage, { rounds, model: values.model });
  const ways = Object.keys(stages);
  console.log(`| stage, ms (median) | ${ways.join(' | ')} |\n| --- |${' ---: |'.repeat(ways.length)}`);
  for (const stage of Object.keys(stages[ways[0]])) {
    console.log(`| ${stage} | ${ways.map((way) => stages[way][stage].toFixed(2)).join(' | ')} |`);
  }
  console.log(
    `\n| embedder, kernels with relaxed SIMD | million multiply-adds | ms | billions a second | of the floats' peak |\n| --- | ---: | ---: | ---: | ---: |`,
  );
  for (const { name, mega, ms } of layers) {
    const rate = mega / ms;
    console.log(
      `| ${name} | ${mega.toFixed(1)} | ${ms.toFixed(2)} | ${rate.toFixed(1)} | ${((100 * rate) / peaks.float32).toFixed(0)} % |`,
    );
  }
  const [floats, integers] = [peaks.float32, peaks.int16].map((peak) => peak.toFixed(1));
  console.log(
    `\nPeak: ${floats} billion multiply-adds of floats a second, ${integers} of integers, with matrices that stay in the nearest cache.`,
  );
});

/**
 * Runs in the page.
 * @param {{ rounds: number, model: string }} options
 * @returns {Promise<{ stages: Record<string, Record<string, number>>, layers: { name: string, mega: number, ms: number }[],
 *   peaks: { float32: number, int16: number } }>}
 */
async function profileInPage({ rounds, model }) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { alignFace } = await load('/src/geometry/alignFace.ts');
  const { detectorView } = await load('/src/geometry/detectorView.ts');
  const { meshView } = await load('/src/geometry/meshView.ts');
  const { fivePoints } = await load('/src/geometry/fivePoints.ts');
  const { assessQuality } = await load('/src/quality/assessQuality.ts');
  const { readOcclusionNetwork } = await load('/src/quality/occlusionNetwork.ts');
  const { headPose } = await load('/src/geometry/headPose.ts');
  const { measureFaceLight } = await load('/src/quality/measureFaceLight.ts');
  const { meshBox } = await load('/src/geometry/meshBox.ts');
  const { DETECTOR_OUTPUTS, FaceDetector } = await load('/src/engine/FaceDetector.ts');
  const { MESH_OUTPUTS, FaceMesher } = await load('/src/engine/FaceMesher.ts');
  const { EMBEDDER_OUTPUTS } = await load('/src/engine/Embedder.ts');
  const { loadModels } = await load('/src/engine/models/loadModels.ts');
  const { ENGINE_ASSETS } = await load('/e2e/fixtures/engineAssets.ts');
  const { openKernels } = await load('/src/engine/kernels/openKernels.ts');
  const { tfjsRuntime } = await load('/src/engine/tfjs/tfjsRuntime.ts');
  const { startWasm } = await load('/src/engine/tfjs/wasmBackend.ts');
  const { face, pixelsOf, MODELS_URL } = await load('/e2e/fixtures/pictures.ts');
  const models = await loadModels({ modelsUrl: MODELS_URL, model }, () => undefined);
  const pixels = pixelsOf(await face('person02-a-front'));
  await startWasm();
  const occlusion = readOcclusionNetwork(ENGINE_ASSETS.occlusion);

  const median = (/** @type {number[]} */ times) => [...times].sort((a, b) => a - b)[times.length >> 1];
  const [relaxed, simd] = await Promise.all(
    [true, false].map(async (relaxed) => (await openKernels(ENGINE_ASSETS.kernels, { relaxed, threads: 1 })).runtime),
  );
  /**
   * `arithmetic`: of the mesh and the embedder, default 16-bit integers; `fastest`: of the embedder alone, as the engine chooses it.
   * @type {Record<string, { runtime: import('../src/engine/GraphRuntime.js').GraphRuntime, arithmetic?: Arithmetic, fastest?: Arithmetic }>}
   */
  const ways = {
    'as it runs': { runtime: relaxed, fastest: relaxed.fastest },
    'in 16 bits, relaxed SIMD': { runtime: relaxed },
    'in 16 bits, SIMD': { runtime: simd },
    'in floats, relaxed SIMD': { runtime: relaxed, arithmetic: 'float32' },
    'in floats, SIMD': { runtime: simd, arithmetic: 'float32' },
    'TensorFlow.js, SIMD': { runtime: tfjsRuntime('wasm') },
  };
  /** @type {Record<string, Record<string, number[]>>} */
  const times = {};
  /** @type {Record<string, (() => unknown)[][]>} */
  const tasks = {};
  for (const [way, { runtime, arithmetic, fastest = arithmetic }] of Object.entries(ways)) {
    const graph = (
      /** @type {import('../src/engine/models/loadModel.js').Model} */ model,
      /** @type {readonly string[]} */ outputs,
      arithmetic = /** @type {Arithmetic | undefined} */ (undefined),
    ) => runtime.load(model.files, { size: model.manifest.input.size, outputs, arithmetic });
    const detector = graph(models.detector, DETECTOR_OUTPUTS, 'float32');
    const mesh = graph(models.mesh, MESH_OUTPUTS, arithmetic);
    const embedder = graph(models.embedder, EMBEDDER_OUTPUTS, fastest);
    const input = models.embedder.manifest.input;
    let picture = runtime.picture(pixels);
    const [frame] = await new FaceDetector(detector, models.detector.manifest.input).detect(picture);
    const located = await new FaceMesher(mesh, models.mesh.manifest.input).locate(picture, frame);
    const crop = alignFace(fivePoints(located.mesh), input.size);
    /** What a report contains besides the landmarks. */
    const report = () => {
      const { mesh } = located;
      const geometry = { box: meshBox(mesh), landmarks: fivePoints(mesh), pose: headPose(mesh), mesh, width: 640, height: 480 };
      return [assessQuality(geometry, embedder.input, occlusion), measureFaceLight(embedder.input, mesh, crop)];
    };
    /** @type {[string, () => unknown][]} */
    const stages = [
      ['picture into place (640 × 480)', () => (picture = runtime.picture(pixels))],
      ['sampling for the detector (256²)', () => picture.sample(detectorView(640, 480, 256), 256, input, detector.input)],
      ['detector', () => detector.run()],
      ['sampling for the mesh (192²)', () => picture.sample(meshView(frame, 192), 192, input, mesh.input)],
      ['mesh', () => mesh.run()],
      ['aligned crop (160²)', () => picture.sample(crop, input.size, input, embedder.input)],
      ['pose, quality, light', report],
      ['embedder', () => embedder.run()],
    ];
    times[way] = Object.fromEntries(stages.map(([name]) => [name, []]));
    tasks[way] = /** @type {any} */ (stages);
  }
  // In turns, so that whatever else the machine is doing affects all alike. The first two rounds warm up.
  for (let round = -2; round < rounds; round++) {
    for (const way of Object.keys(ways)) {
      for (let run = 0; run < 5; run++) {
        for (const [name, task] of /** @type {[string, () => unknown][]} */ (/** @type {unknown} */ (tasks[way]))) {
          const start = performance.now();
          await task();
          if (round >= 0) times[way][name].push(performance.now() - start);
        }
      }
    }
  }
  const stages = Object.fromEntries(
    Object.entries(times).map(([way, byStage]) => {
      const medians = Object.fromEntries(Object.entries(byStage).map(([name, list]) => [name, median(list)]));
      const all = Object.values(medians).reduce((sum, ms) => sum + ms, 0);
      const search = medians['sampling for the detector (256²)'] + medians.detector;
      return [way, { ...medians, 'a frame, face searched for': all, 'a frame, face followed': all - search }];
    }),
  );
  return { stages, ...(await profileLayers()) };

  async function profileLayers() {
    const { encodeSteps, OP_WORDS } = await load('/src/engine/kernels/encodeSteps.ts');
    const { planGraph } = await load('/src/engine/kernels/planGraph.ts');
    const { readGraph } = await load('/src/graph/readGraph.ts');
    const { KernelMemory } = await load('/src/engine/kernels/KernelMemory.ts');
    const { ENGINE_ASSETS } = await load('/e2e/fixtures/engineAssets.ts');
    const { unpackFile } = await load('/src/shared/unpackFile.ts');
    const { MEETING_BYTES } = await load('/src/engine/kernels/KernelRuntime.ts');
    const memory = new KernelMemory(false);
    const { instance } = await WebAssembly.instantiate(await unpackFile(ENGINE_ASSETS.kernels, 'kernels-relaxed'), {
      env: { memory: memory.memory },
    });
    const { run, ...exports } = /** @type {import('../src/engine/kernels/kernelBuilds.js').KernelExports} */ (
      /** @type {unknown} */ (instance.exports)
    );
    const { productsOfBytes } = await load('/src/engine/kernels/productsOfBytes.ts');
    const runs = productsOfBytes(exports) === 'in pairs' ? exports.runs : undefined;
    const meeting = memory.allocate(MEETING_BYTES);
    const prepare = (/** @type {any} */ plan) => {
      const encoded = encodeSteps(plan, memory, runs && { runs });
      const scratch = memory.allocate(encoded.scratch);
      memory.words(meeting, 1)[0] = scratch;
      memory.floats(encoded.input, plan.input.h * plan.input.w * plan.input.c).fill(0.3);
      return encoded;
    };
    const time = (/** @type {() => void} */ task) => {
      const list = Array.from({ length: 40 }, () => {
        const start = performance.now();
        task();
        return performance.now() - start;
      });
      return median(list.slice(10));
    };
    const plan = planGraph(readGraph(models.embedder.files), models.embedder.manifest.input.size, EMBEDDER_OUTPUTS, relaxed.fastest);
    const encoded = prepare(plan);
    run(encoded.ops, encoded.count, meeting, 0);
    /** @type {Record<string, { name: string, mega: number, ms: number }>} */
    const byName = {};
    plan.steps.forEach((/** @type {any} */ { kind, filter, input, output, window, front }, /** @type {number} */ i) => {
      const ms = time(() => run(encoded.ops + i * OP_WORDS * 4, 1, meeting, 0));
      const positions = output.h * output.w;
      const depthwise = kind === 'depthwise' || front ? positions * window.kh * window.kw * input.c : 0;
      const full = kind === 'convolution' ? positions * (front ? 1 : window.kh * window.kw) * input.c * output.c : 0;
      const product = kind === 'rows' ? 'its integers' : `1×1${filter?.scales ? ' of integers' : ''}`;
      const name = front
        ? `depthwise and ${product} together, ${output.h}²`
        : kind === 'convolution'
          ? `${window.kh}×${window.kw} convolution${filter?.scales ? ' of integers' : ''}, ${output.h}²`
          : kind;
      byName[name] ??= { name, mega: 0, ms: 0 };
      byName[name].mega += (depthwise + full) / 1e6;
      byName[name].ms += ms;
    });
    const layers = Object.values(byName);
    const whole = { name: '**all**', mega: 0, ms: 0 };
    for (const { mega, ms } of layers) {
      whole.mega += mega;
      whole.ms += ms;
    }
    const { measurePeak } = await load('/bench/pages/measurePeak.ts');
    const peaks = { float32: await measurePeak(ENGINE_ASSETS.kernels), int16: await measurePeak(ENGINE_ASSETS.kernels, 'int16') };
    return { layers: [...layers, whole], peaks };
  }
}
