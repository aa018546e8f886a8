import type { Sample } from './Sample.js';

/** A sample that has an embedding. */
export interface EmbeddedSample extends Sample {
  readonly embedding: Float32Array;
}

/** The pictures that have an embedding. */
export interface Prepared {
  readonly samples: readonly EmbeddedSample[];
  /** Embeddings of the samples, in their order. */
  readonly embeddings: readonly Float32Array[];
  /** For each sample, the index of its person in `names`. */
  readonly person: Int32Array;
  readonly names: readonly string[];
}

/** How far an embedding’s length may be from 1. */
const TOLERANCE = 1e-3;

/**
 * Checks samples, and numbers the people. Throws a TypeError that names the first one without a file or an identity, or with an embedding
 * unlike the others', and a RangeError for a file that occurs twice.
 */
export function prepareSamples(samples: readonly Sample[]): Prepared {
  const files = new Set<string>();
  const numbers = new Map<string, number>();
  const kept: EmbeddedSample[] = [];
  const person: number[] = [];
  for (const sample of samples) {
    const { file, identity, embedding } = sample;
    if (typeof file !== 'string' || file === '' || typeof identity !== 'string' || identity === '') {
      throw new TypeError(`expected each picture with a file and an identity, got ${JSON.stringify({ file, identity })}`);
    }
    if (files.has(file)) throw new RangeError(`expected each picture once, got ${file} twice`);
    files.add(file);
    if (!embedding) continue;
    const wanted = kept[0]?.embedding.length ?? embedding.length;
    const length = Math.sqrt(embedding.reduce((sum, v) => sum + v * v, 0));
    if (embedding.length !== wanted || !(Math.abs(length - 1) <= TOLERANCE)) {
      throw new TypeError(`${file}: expected ${wanted} values of length 1, got ${embedding.length} values of length ${length}`);
    }
    const number = numbers.get(identity) ?? numbers.size;
    numbers.set(identity, number);
    person.push(number);
    kept.push({ ...sample, embedding });
  }
  return {
    samples: kept,
    embeddings: kept.map(({ embedding }) => embedding),
    person: Int32Array.from(person),
    names: [...numbers.keys()],
  };
}
