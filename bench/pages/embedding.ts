// The page of the part "embedding": one worker for each runtime; the bench says whose turn it is.
import { goldenPattern } from '../../src/shared/goldenPattern.js';

export interface Contender {
  readonly id: number;
  readonly name: string;
  /** The folder of public/models that it runs. */
  readonly model: string;
  /** Whether it reads the converted model. */
  readonly converted?: boolean;
  /** URL of its worker. */
  readonly worker: string;
  /** Its worker is not a module. */
  readonly classic?: boolean;
  readonly threads: number;
  /** If false, runs without relaxed SIMD. */
  readonly relaxed?: boolean;
}

export interface Opened {
  readonly build: string;
  readonly threads: number;
  /** The embedding it computed for the golden pattern. */
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

async function open({ id, name, model: folder, converted, worker: url, classic, threads, relaxed }: Contender): Promise<Opened> {
  const [model, weights, onnx, tflite] = await Promise.all([
    fetch(`/models/${folder}/model.json`),
    bytesAt(`/models/${folder}/weights.bin`),
    ...(converted ? ['onnx', 'tflite'].map((form) => bytesAt(`/converted/${folder}.${form}`)) : []),
  ]);
  const modelJson: unknown = await model.json();
  const worker = new Worker(url, { type: classic ? 'classic' : 'module', name });
  await ask(worker);
  const message = { kind: 'open', threads, relaxed, input: goldenPattern(SIZE), modelJson, weights, onnx, tflite };
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

Object.assign(window, { bench: { open, run } });
