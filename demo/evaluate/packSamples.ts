import type { Sample } from '../../src/evaluation.js';

/** Samples on their way to a worker: all embeddings in one array, which is handed over whole instead of copied piece by piece. */
export interface PackedSamples {
  readonly rows: readonly (Omit<Sample, 'embedding'> & { readonly embedded: boolean })[];
  readonly embeddings: Float32Array<ArrayBuffer>;
  readonly size: number;
}

export function packSamples(samples: readonly Sample[]): PackedSamples {
  const vectors = samples.flatMap(({ embedding }) => embedding ?? []);
  const size = vectors[0]?.length ?? 0;
  const embeddings = new Float32Array(vectors.length * size);
  vectors.forEach((vector, i) => embeddings.set(vector, i * size));
  const rows = samples.map(({ file, identity, reasons, error, group, embedding }) => ({
    file,
    identity,
    reasons,
    ...(error === undefined ? {} : { error }),
    ...(group === undefined ? {} : { group }),
    embedded: embedding !== null,
  }));
  return { rows, embeddings, size };
}

export function unpackSamples({ rows, embeddings, size }: PackedSamples): Sample[] {
  let at = 0;
  return rows.map(({ embedded, ...row }) => ({ ...row, embedding: embedded ? embeddings.subarray(at, (at += size)) : null }));
}
