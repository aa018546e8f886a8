import type { Sample } from './Sample.js';

/** Pictures and people that never got an embedding. */
export interface Failures {
  /** Pictures without a face. */
  readonly noFace: number;
  /** Pictures that could not be read. */
  readonly unreadable: number;
  /** Failure to acquire (ISO/IEC 19795-1): the share of all pictures that are either of these. */
  readonly rate: number;
  readonly pictures: readonly { readonly file: string; readonly identity: string; readonly error: string }[];
  /** Failure to enroll: people without one usable picture. */
  readonly enroll: { readonly count: number; readonly rate: number; readonly identities: readonly string[] };
}

/** Counts the pictures and people that never got an embedding. These pictures are in no pair. */
export function failures(samples: readonly Sample[]): Failures {
  const failed = samples.filter(({ embedding }) => !embedding);
  const noFace = failed.filter(({ error = 'no-face' }) => error === 'no-face').length;
  const everyone = new Set(samples.map(({ identity }) => identity));
  const enrolled = new Set(samples.filter(({ embedding }) => embedding).map(({ identity }) => identity));
  const identities = [...everyone].filter((identity) => !enrolled.has(identity));
  return {
    noFace,
    unreadable: failed.length - noFace,
    rate: samples.length ? failed.length / samples.length : 0,
    pictures: failed.map(({ file, identity, error = 'no-face' }) => ({ file, identity, error })),
    enroll: { count: identities.length, rate: everyone.size ? identities.length / everyone.size : 0, identities },
  };
}
