import type { Blocking } from './parts/watchMainThread.mjs';
import type { Bytes } from './parts/addTransfers.mjs';
import type { Memory } from './parts/readMemory.mjs';
import type { Samples } from './statistics/Samples.d.ts';

/** One graph alone on one runtime. */
export type RuntimeSamples = Samples & { name: string; build: string; threads: number; cosine: number };

/** Networks that are imported, each alone. */
export interface RecognizerResults {
  /** Billions of multiply-adds a second that the matrix product reaches on one thread where nothing has to be fetched. */
  peak: number;
  /** What was multiplied there, and in the networks; not in older results, whose peak is one of floats. */
  arithmetic?: string;
  networks: { id: string; parameters: number; bytes: number; multiplyAdds: number; runtimes: RuntimeSamples[] }[];
}

/** The results of a bench run; parts that were not run are missing. Times in milliseconds. */
export interface Results {
  date: string;
  browser: string;
  machine: { cpu: string; cores: number; platform: string };
  versions: Record<string, string>;
  settings: {
    /** Few turns and frames, for a look only; not in older results. */
    quick?: boolean;
    rounds: number;
    runs: number;
    coldRounds: number;
    liveRounds: number;
    liveSeconds: number;
    frames: number;
  };
  /** Of `mobilenet-160`. */
  embedding?: RuntimeSamples[];
  /** Of `inception-160`. */
  inception?: RuntimeSamples[];
  recognizers?: RecognizerResults;
  frames?: (Samples & { name: string; build: string })[];
  cold?: {
    times: { cache: string; megabits: number; results: (Samples & { name: string })[] }[];
    /** The second visit of a page without a library; not in older results. */
    nothing?: Samples;
    bytes: { name: string; cold: Bytes; warm: Bytes }[];
  };
  blocking?: { name: string; load: Blocking; live: Blocking & { perSecond: number } }[];
  memory?: {
    name: string;
    frames: number;
    before: Memory & { tensors: number; bytes: number };
    after: Memory & { tensors: number; bytes: number };
    growth: { heapBytes: number; wasmBytes: number; tensors: number };
  }[];
}
