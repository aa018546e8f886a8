// The page of the parts that run a graph alone: one worker for each runtime; the bench says whose turn it is.
import KERNELS from 'virtual:visavis/kernels';
import { interpret } from '../../src/graph/interpret.js';
import { readGraph } from '../../src/graph/readGraph.js';
import { networkFacts } from '../../src/importer/networkFacts.js';
import { goldenPattern } from '../../src/shared/goldenPattern.js';
import { measurePeak } from './measurePeak.js';
import { randomNetwork } from './randomNetwork.js';
import type { Arithmetic } from '../../src/shared/Arithmetic.js';

export interface Contender {
  readonly id: number;
  readonly name: string;
  /** The folder of public/models that it runs, or, if `random`, the architecture. */
  readonly model: string;
  readonly random?: boolean;
  /** Side of its input in pixels; 160 where left out. */
  readonly size?: number;
  /** Whether it reads the converted model. */
  readonly converted?: boolean;
  /** URL of its worker. */
  readonly worker: string;
  /** Its worker is not a module. */
  readonly classic?: boolean;
  readonly threads: number;
  /** What our kernels multiply: what a page gets, where left out. */
  readonly arithmetic?: Arithmetic;
  /** Whether the converted model is the one in 8-bit integers. */
  readonly int8?: boolean;
  /** If false, runs without relaxed SIMD. */
  readonly relaxed?: boolean;
}

export interface Opened {
  readonly build: string;
  readonly threads: number;
  /** The embedding it computed for the golden pattern. */
  readonly embedding: number[];
}

/** What a network takes, and what it answers to the golden pattern by the reference interpreter. */
export interface Facts {
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Of its stored weights. */
  readonly bytes: number;
  readonly embedding: number[];
}

const SIZE = 160;
const workers = new Map<number, Worker>();

/** Sends a message and waits for the answer; without a message, waits for the next one. */
function ask<T>(worker: Worker, message?: object): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<T | { error: string }>) => {
      if (typeof data === 'object' && data !== null && 'error' in data) reject(new Error(data.error));
      else resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message || 'its worker did not start'));
    };
    if (message) worker.postMessage(message);
  });
}

const bytesAt = async (url: string) => (await fetch(url)).arrayBuffer();

type Network = Pick<Contender, 'model' | 'random' | 'size'>;

async function filesOf({ model, random }: Network): Promise<{ modelJson: unknown; weights: ArrayBuffer }> {
  if (random) return randomNetwork(model);
  const [json, weights] = await Promise.all([fetch(`/models/${model}/model.json`), bytesAt(`/models/${model}/weights.bin`)]);
  return { modelJson: (await json.json()) as unknown, weights };
}

/** The reference takes a while: a second for every hundred million multiply-adds. */
async function facts(network: Network): Promise<Facts> {
  const { size = SIZE } = network;
  const { modelJson, weights } = await filesOf(network);
  const graph = readGraph({ modelJson: modelJson, weights });
  const input = [...graph.nodes.values()].find(({ op }) => op === 'Placeholder')!.name;
  const [{ values }] = interpret(graph, { [input]: { shape: [1, size, size, 3], values: goldenPattern(size) } }, ['embedding']);
  const { parameters, multiplyAdds } = networkFacts(graph, ['embedding']);
  return { parameters, multiplyAdds, bytes: weights.byteLength, embedding: Array.from(values) };
}

async function open({
  id,
  name,
  model,
  random,
  size = SIZE,
  converted,
  int8,
  arithmetic,
  worker: url,
  classic,
  threads,
  relaxed,
}: Contender): Promise<Opened> {
  const [{ modelJson, weights }, onnx, tflite] = await Promise.all([
    filesOf({ model, random }),
    ...(converted ? ['.onnx', int8 ? '-int8.tflite' : '.tflite'].map((form) => bytesAt(`/converted/${model}${form}`)) : []),
  ]);
  const worker = new Worker(url, { type: classic ? 'classic' : 'module', name });
  await ask(worker);
  const message = { kind: 'open', threads, relaxed, arithmetic, size, input: goldenPattern(size), modelJson, weights, onnx, tflite };
  const opened = await ask<Omit<Opened, 'embedding'> & { embedding: Float32Array }>(worker, message);
  workers.set(id, worker);
  return { ...opened, embedding: Array.from(opened.embedding) };
}

/** The milliseconds of each run. */
async function run(id: number, runs: number): Promise<number[]> {
  const worker = workers.get(id);
  if (!worker) throw new Error(`runtime ${id} is not open`);
  return (await ask<{ times: number[] }>(worker, { kind: 'run', runs })).times;
}

const peak = (arithmetic: Exclude<Arithmetic, 'int8'>) => measurePeak(KERNELS, arithmetic);

Object.assign(window, { bench: { open, run, facts, peak } });
