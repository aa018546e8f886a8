import { cluster } from '../../src/index.js';

/** Answers embeddings and a threshold with the embeddings' labels. */
addEventListener('message', ({ data }: MessageEvent<SortRequest>) => {
  const { id, embeddings, threshold } = data;
  postMessage({ id, labels: cluster(embeddings, { threshold }) } satisfies SortAnswer);
});

export interface SortRequest {
  readonly id: number;
  readonly embeddings: readonly Float32Array[];
  readonly threshold: number;
}

export interface SortAnswer {
  readonly id: number;
  readonly labels: Int32Array;
}
