import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { Pixels } from '../geometry/Pixels.js';
import { readOcclusionNetwork } from '../quality/occlusionNetwork.js';
import { OCCLUSION_WEIGHTS } from '../quality/occlusionWeights.js';
import type { Arithmetic } from '../shared/Arithmetic.js';
import { buildPipeline, type PipelineModels } from './buildPipeline.js';
import { DETECTOR_OUTPUTS } from './FaceDetector.js';
import { MESH_OUTPUTS } from './FaceMesher.js';
import { goldenDigest } from './models/goldenDigest.js';
import type { GraphInterface, GraphRuntime } from './GraphRuntime.js';
import type { Model } from './models/loadModel.js';
import type { OpenBackend } from './backend/openBackend.js';
import { parseManifest } from './models/parseManifest.js';

const shipped = (id: string) =>
  parseManifest(readFileSync(new URL(`../../public/models/${id}/manifest.json`, import.meta.url), 'utf8'), id);

const SOME = Float32Array.of(1, 2, 3);
const GOLDEN = shipped('mobilenet-160').embedder!.golden.embedding;

/** What a detector gives that finds no face, and points that lie apart. */
const NO_FACE = [512, 384, 512 * 16, 384 * 16].map((length) => new Float32Array(length).fill(-100));
const APART = [Float32Array.of(1), Float32Array.from({ length: 468 * 3 }, (_, i) => (i * 37) % 191)];

/** A model of which some picture makes the same few numbers. */
function part(id: string, outputs: readonly string[], given = outputs.map(() => SOME)): Model {
  const manifest = shipped(id);
  const digests = Object.fromEntries(outputs.map((name, i) => [name, goldenDigest(given[i])]));
  return { manifest: { ...manifest, golden: { ...manifest.golden!, outputs: digests } } } as unknown as Model;
}

const MODELS = {
  detector: part('blazeface-256', DETECTOR_OUTPUTS),
  mesh: part('facemesh-192', MESH_OUTPUTS),
  embedder: { manifest: shipped('mobilenet-160') },
} as unknown as PipelineModels;

/** A backend that rounds what may be rounded, and then gives `rounded` as the embedding; of the mesh, `meshed`. */
function rounding(
  rounded: readonly number[],
  exact: readonly number[] = GOLDEN,
  fastest: Arithmetic = 'int16',
  bytes = rounded,
  { helpers = false, meshed = [SOME, SOME], detected = [SOME, SOME, SOME, SOME] } = {},
) {
  const alive: string[] = [];
  const log: string[] = [];
  const load = vi.fn((_: unknown, { size, outputs, arithmetic = 'int16' }: GraphInterface) => {
    const name = `${outputs.at(-1)} in ${arithmetic}`;
    alive.push(name);
    log.push(`load ${name}`);
    const embedding = Float32Array.from({ int8: bytes, int16: rounded, float32: exact }[arithmetic]);
    return {
      arithmetic,
      input: new Float32Array(size * size * 3),
      ...(helpers && { begin: () => void log.push(`begin ${name}`) }),
      run: () => {
        log.push(`run ${name}`);
        const others = outputs === MESH_OUTPUTS ? meshed : detected;
        return Promise.resolve(outputs[0] === 'embedding' ? [embedding] : others);
      },
      dispose: () => void alive.splice(alive.indexOf(name), 1),
    };
  });
  return { backend: { backend: 'wasm', runtime: { load, fastest } as unknown as GraphRuntime } as OpenBackend, alive, log };
}

const WITHOUT = { ...shipped('mobilenet-160').embedder!.golden, int8: undefined };
const UNMEASURED = {
  ...MODELS,
  embedder: { manifest: { ...shipped('mobilenet-160'), embedder: { ...shipped('mobilenet-160').embedder!, golden: WITHOUT } } },
} as unknown as PipelineModels;
const IN_BYTES = shipped('mobilenet-160').embedder!.golden.int8!.embedding;
const OTHER = GOLDEN.map((v, i) => v + (i % 2 ? 0.01 : -0.01));

describe('buildPipeline', () => {
  it.each<[Arithmetic, string, readonly number[]]>([
    ['int16', 'holds its golden embedding all the same', GOLDEN],
    ['float32', 'does not', OTHER],
  ])('computes in %s with an embedder that, rounded, %s', async (arithmetic, _, rounded) => {
    const { backend, alive } = rounding(rounded);
    const built = await buildPipeline(backend, MODELS);
    expect(built.embedder.arithmetic).toBe(arithmetic);
    expect(alive).toEqual([`${DETECTOR_OUTPUTS.at(-1)} in float32`, `${MESH_OUTPUTS.at(-1)} in int16`, `embedding in ${arithmetic}`]);
    built.dispose();
    expect(alive).toEqual([]);
  });

  it.each<[string, Arithmetic, PipelineModels, fastest: Arithmetic, bytes: readonly number[]]>([
    ['where they are fast and the model was measured with them', 'int8', MODELS, 'int8', IN_BYTES],
    ['not where they are slow', 'int16', MODELS, 'int16', IN_BYTES],
    ['not where something else comes out', 'int16', MODELS, 'int8', OTHER],
    ['not of a model that was not measured with them', 'int16', UNMEASURED, 'int8', IN_BYTES],
    ['where the page asks for them', 'int8', { ...MODELS, arithmetic: 'int8' }, 'int16', IN_BYTES],
    ['where the page asks for them, of an unmeasured model too', 'int8', { ...UNMEASURED, arithmetic: 'int8' }, 'int16', IN_BYTES],
    ['not of one that they take too far', 'int16', { ...UNMEASURED, arithmetic: 'int8' }, 'int8', OTHER],
    ['not where the page asks for others', 'int16', { ...MODELS, arithmetic: 'int16' }, 'int8', IN_BYTES],
    ['not where the page asks for floats', 'float32', { ...MODELS, arithmetic: 'float32' }, 'int8', IN_BYTES],
  ])('multiplies 8-bit integers: %s', async (_, arithmetic, models, fastest, bytes) => {
    const { backend, alive } = rounding(GOLDEN, GOLDEN, fastest, bytes);
    const built = await buildPipeline(backend, models);
    expect(built.embedder.arithmetic).toBe(arithmetic);
    const mesh = arithmetic === 'float32' ? 'float32' : 'int16';
    expect(alive.slice(1)).toEqual([`${MESH_OUTPUTS.at(-1)} in ${mesh}`, `embedding in ${arithmetic}`]);
  });

  it('refuses a backend that computes wrongly without rounding too, and keeps nothing', async () => {
    const { backend, alive } = rounding(OTHER, OTHER);
    await expect(buildPipeline(backend, MODELS)).rejects.toMatchObject({ code: 'backend-unavailable' });
    expect(alive).toEqual([]);
  });

  it('lets helpers check one part while it loads the next, and waits for each check before another begins', async () => {
    const { backend, log } = rounding(GOLDEN, GOLDEN, 'int16', GOLDEN, { helpers: true });
    await buildPipeline(backend, MODELS);
    const [detector, mesh, embedder] = [`${DETECTOR_OUTPUTS.at(-1)} in float32`, `${MESH_OUTPUTS.at(-1)} in int16`, 'embedding in int16'];
    const steps = [`load ${detector}`, `begin ${detector}`, `load ${mesh}`, `run ${detector}`, `begin ${mesh}`];
    expect(log).toEqual([...steps, `load ${embedder}`, `run ${mesh}`, `begin ${embedder}`, `run ${embedder}`]);
  });

  it('waits for no download where the threads do not start', async () => {
    const { backend, alive } = rounding(GOLDEN, GOLDEN, 'int16', GOLDEN, { helpers: true });
    const open = { ...backend, threads: Promise.reject(new Error('no second thread started')) };
    const never = new Promise<Model>(() => undefined);
    await expect(buildPipeline(open, { ...MODELS, mesh: never, embedder: never })).rejects.toThrow('no second thread started');
    expect(alive).toEqual([]);
  });

  it('checks a part before it waits for the next where nobody helps', async () => {
    const { backend, log } = rounding(GOLDEN);
    const embedder = new Promise<Model>(() => undefined);
    void buildPipeline(backend, { ...MODELS, embedder });
    await vi.waitFor(() => expect(log.at(-1)).toBe(`run ${MESH_OUTPUTS.at(-1)} in int16`));
  });

  it.each([true, false])(
    'refuses a mesh that computes wrongly in floats too, and never asks the embedder, with helpers: %s',
    async (helpers) => {
      const { backend, alive, log } = rounding(GOLDEN, GOLDEN, 'int16', GOLDEN, { helpers, meshed: [SOME, Float32Array.of(1, 2, 4)] });
      await expect(buildPipeline(backend, MODELS)).rejects.toMatchObject({ code: 'backend-unavailable' });
      expect(log).toContain(`run ${MESH_OUTPUTS.at(-1)} in float32`);
      expect(log).not.toContain('run embedding in int16');
      expect(alive).toEqual([]);
    },
  );

  it('builds each part as soon as its model has arrived, and keeps nothing where a later one does not come', async () => {
    const { backend, alive } = rounding(GOLDEN);
    let fail: (error: Error) => void = () => undefined;
    const embedder = new Promise<Model>((_, reject) => (fail = reject));
    const building = buildPipeline(backend, { ...MODELS, embedder });
    await vi.waitFor(() => expect(alive).toEqual([`${DETECTOR_OUTPUTS.at(-1)} in float32`, `${MESH_OUTPUTS.at(-1)} in int16`]));
    fail(new Error('the connection broke'));
    await expect(building).rejects.toThrow('the connection broke');
    expect(alive).toEqual([]);
  });

  it.each<[string, boolean, OpenBackend['backend'], number]>([
    ['rehearses on a blank picture while the embedder is on its way', true, 'wasm', 2],
    ['does not where the embedder is there', false, 'wasm', 1],
    ['does not on a graphics card, which may be none', true, 'webgl', 1],
  ])('%s', async (_, isLate, name, runs) => {
    const { backend, log } = rounding(GOLDEN, GOLDEN, 'int16', GOLDEN, { meshed: APART, detected: NO_FACE });
    const [detector, mesh] = [part('blazeface-256', DETECTOR_OUTPUTS, NO_FACE), part('facemesh-192', MESH_OUTPUTS, APART)];
    const sampled: number[] = [];
    const picture = ({ width, height }: Pixels) => ({ width, height, sample: (_: unknown, size: number) => void sampled.push(size) });
    Object.assign(backend, { backend: name });
    Object.assign(backend.runtime, { picture });
    let arrive: (model: Model | Promise<Model>) => void = () => undefined;
    const late = new Promise<Model>((resolve) => (arrive = resolve));
    const occlusion = readOcclusionNetwork(OCCLUSION_WEIGHTS);
    const building = buildPipeline(backend, { ...MODELS, detector, mesh, occlusion, ...(isLate && { embedder: late }) });
    const ran = (outputs: readonly string[]) => log.filter((step) => step.startsWith(`run ${outputs.at(-1)}`)).length;
    await vi.waitFor(() => expect([ran(DETECTOR_OUTPUTS), ran(MESH_OUTPUTS)]).toEqual([runs, runs]));
    // The crop too, which quality is measured in.
    if (runs === 2) await vi.waitFor(() => expect(sampled.slice(-2)).toEqual([192, 160]));
    else expect(sampled).toEqual([]);
    arrive(MODELS.embedder);
    expect((await building).embedder.arithmetic).toBe('int16');
  });

  it('starts all the same where the rehearsal fails', async () => {
    const { backend, log } = rounding(GOLDEN);
    Object.assign(backend.runtime, { picture: () => expect.fail('no picture') });
    let arrive: (model: Model | Promise<Model>) => void = () => undefined;
    const building = buildPipeline(backend, { ...MODELS, embedder: new Promise<Model>((resolve) => (arrive = resolve)) });
    await vi.waitFor(() => expect(log.at(-1)).toContain('run Identity_2'));
    arrive(MODELS.embedder);
    expect((await building).embedder.arithmetic).toBe('int16');
  });
});
