import type { Cohort } from '../shared/Cohort.js';
import { throwIfAborted } from '../shared/abortable.js';
import type { CallOptions } from '../shared/options.js';
import { describe } from '../shared/describe.js';
import type { EmbeddingOrigin } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { assertEmbedding } from '../shared/assertEmbedding.js';
import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { assertCohort } from './assertCohort.js';

/** What can be enrolled: an embedding, or a whole `Template`. The origin, if given, has to be the same for all entries. */
export interface Enrolled extends Partial<EmbeddingOrigin> {
  /** Unit length. */
  readonly embedding: Float32Array;
  /** How many captures went into it; default 1. */
  readonly captures?: number;
  /** Protected templates are refused, because each one is rotated by a key of its own. */
  readonly protection?: unknown;
}

/** One enrolled embedding and whose it is. A person may have several entries, all with the same id. */
export interface GalleryEntry extends Enrolled {
  readonly id: string;
}

/** Entries, or pairs of id and template, as in a `Map<string, Template>`. */
export type GallerySource = Iterable<GalleryEntry | readonly [id: string, enrolled: Enrolled]>;

/** For so many milliseconds `prepare` works at a time, and looks at the clock after so many embeddings. */
const SLICE = 8;
const BATCH = 16;

const PREPARATION: OptionNames<CallOptions> = { signal: true };

/**
 * Enrolled people, checked once and packed into one array, so that many faces can be identified against them (see `identify`). The entries
 * are copied: changing them later has no effect.
 *
 * Throws a TypeError for anything that is not an entry, and `template-incompatible` if templates of several models or versions are mixed,
 * or for a protected template.
 */
export class Gallery {
  /** The number of embeddings that a face is compared with. */
  readonly size: number;
  /** Every id once, in order of appearance. */
  readonly ids: readonly string[];
  /** Values per embedding; 0 for an empty gallery. */
  readonly embeddingSize: number;
  /** The most captures that went into any of the embeddings; 1 for an empty gallery. See `curveFor`. */
  readonly captures: number;
  /** What made the embeddings; null where the entries do not say. */
  readonly origin: EmbeddingOrigin | null;
  /** The embeddings, [size, embeddingSize], in row-major order. */
  readonly #rows: Float32Array;
  /** For each embedding, the index of its id in `ids`. */
  readonly #owners: Int32Array;
  /** For each cohort that was asked for, by its name (`nameOfCohort`), what it says of each embedding. */
  readonly #means = new Map<string, Float64Array>();

  constructor(source: GallerySource) {
    const entries = [...readEntries(source)];
    const indices = new Map<string, number>();
    this.size = entries.length;
    this.embeddingSize = entries[0]?.embedding.length ?? 0;
    this.origin = entries[0] ? originOf(entries[0]) : null;
    this.captures = entries.reduce((most, { captures = 1 }) => Math.max(most, captures), 1);
    this.#rows = new Float32Array(this.size * this.embeddingSize);
    this.#owners = new Int32Array(this.size);
    entries.forEach(({ id, embedding }, i) => {
      if (!indices.has(id)) indices.set(id, indices.size);
      this.#owners[i] = indices.get(id)!;
      this.#rows.set(embedding, i * this.embeddingSize);
    });
    this.ids = [...indices.keys()];
  }

  /** The Euclidean distance (0 … 2) to each id's closest embedding, in the order of `ids`; bit for bit what `distance` returns. */
  distances(embedding: Float32Array): Float64Array {
    const least = new Float64Array(this.ids.length).fill(Infinity);
    this.#visit(embedding, (row, square) => {
      const owner = this.#owners[row]!;
      if (square < least[owner]!) least[owner] = square;
    });
    return least.map(distanceOf);
  }

  /**
   * For each id, in the order of `ids`, the embedding that is closest by normalized distance (see `Cohort`), and how far it is. The first call
   * for a cohort compares every embedding with it unless `prepare` has done so, which takes about a second for 10,000; later ones do not.
   */
  normalizedDistances(embedding: Float32Array, cohort: Cohort): NormalizedDistances {
    assertCohort(cohort, this.size > 0 ? this.embeddingSize : undefined);
    const own = this.size > 0 ? cohort.meanOf(embedding) : 0;
    const means = this.#meansBy(cohort);
    const normalized = new Float64Array(this.ids.length).fill(Infinity);
    const plain = new Float64Array(this.ids.length).fill(Infinity);
    this.#visit(embedding, (row, square) => {
      const owner = this.#owners[row]!;
      const distance = distanceOf(square);
      const value = cohort.normalize(distance, own, means[row]!);
      if (value < normalized[owner]! || (value === normalized[owner]! && distance < plain[owner]!)) {
        [normalized[owner], plain[owner]] = [value, distance];
      }
    });
    return { normalized, plain };
  }

  /**
   * Compares every embedding with a cohort ahead of time, so that the first `identify` by normalized distances takes as long as any other. It works
   * in slices of a few milliseconds, between which the page goes on: about a second altogether for 10,000 embeddings. `identifyLive` does it by itself.
   * @throws VisavisError `aborted` once the signal fires; what was compared until then is dropped. TypeError for a cohort of another model
   */
  async prepare(cohort: Cohort, options: CallOptions = {}): Promise<void> {
    assertOptions(options, PREPARATION, 'prepare');
    assertCohort(cohort, this.size > 0 ? this.embeddingSize : undefined);
    const { signal } = options;
    const name = nameOfCohort(cohort);
    if (this.#means.has(name)) return;
    const means = new Float64Array(this.size);
    let until = performance.now() + SLICE;
    for (let row = 0; row < this.size; row += BATCH) {
      if (performance.now() >= until) {
        await new Promise((resolve) => setTimeout(resolve));
        until = performance.now() + SLICE;
      }
      throwIfAborted(signal);
      means.set(this.#meansFrom(row, row + BATCH, cohort), row);
    }
    this.#means.set(name, means);
  }

  #meansBy(cohort: Cohort): Float64Array {
    const name = nameOfCohort(cohort);
    const known = this.#means.get(name);
    if (known) return known;
    const means = this.#meansFrom(0, this.size, cohort);
    this.#means.set(name, means);
    return means;
  }

  /** Of the rows from `from` to before `to`. */
  #meansFrom(from: number, to: number, cohort: Cohort): Float64Array {
    return cohort.meansOf(this.#rows.subarray(from * this.embeddingSize, to * this.embeddingSize));
  }

  /** Calls `note` with the square of the distance to each row; with that to the last one up to four times. */
  #visit(embedding: Float32Array, note: (row: number, square: number) => void): void {
    assertEmbedding(embedding, this.size > 0 ? this.embeddingSize : undefined);
    const rows = this.#rows;
    const d = this.embeddingSize;
    const last = this.size - 1;
    const face = Float64Array.from(embedding);
    // Four rows at a time give four independent sums. If fewer than four are left, the last row is repeated.
    for (let row = 0; row <= last; row += 4) {
      const r1 = Math.min(row + 1, last);
      const r2 = Math.min(row + 2, last);
      const r3 = Math.min(row + 3, last);
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0; k < d; k++) {
        const value = face[k]!;
        const e0 = value - rows[row * d + k]!;
        const e1 = value - rows[r1 * d + k]!;
        const e2 = value - rows[r2 * d + k]!;
        const e3 = value - rows[r3 * d + k]!;
        s0 += e0 * e0;
        s1 += e1 * e1;
        s2 += e2 * e2;
        s3 += e3 * e3;
      }
      note(row, s0);
      note(r1, s1);
      note(r2, s2);
      note(r3, s3);
    }
    face.fill(0);
  }
}

/** For each id of a gallery. Both are Infinity where a gallery is empty. */
export interface NormalizedDistances {
  readonly normalized: Float64Array;
  /** The Euclidean distance, 0 … 2, to the same embedding. */
  readonly plain: Float64Array;
}

/** The same for cohorts that say the same of every face: of one file, by the same parts of its rule. */
function nameOfCohort({ sha256, scale, k }: Cohort): string {
  return `${sha256} ${scale} ${k}`;
}

function distanceOf(square: number): number {
  return Math.min(Math.sqrt(square), 2);
}

/** By what it can do: one that another copy of this library made is as good. */
export function isGallery(gallery: PackedGallery | GallerySource): gallery is PackedGallery {
  return typeof (gallery as Partial<Gallery> | null)?.distances === 'function';
}

function* readEntries(source: GallerySource): Generator<GalleryEntry, void> {
  if (typeof source !== 'object' || source === null || !(Symbol.iterator in source)) {
    throw new TypeError(`expected a gallery, an iterable of entries { id, embedding }, got ${describe(source)}`);
  }
  let first: Enrolled | undefined;
  let index = 0;
  for (const item of source) {
    const [id, enrolled] = isPair(item) ? item : [item?.id, item];
    const at = index++;
    const place = () => `gallery entry ${at}${typeof id === 'string' ? ` (${describe(id)})` : ''}`;
    if (typeof id !== 'string') throw new TypeError(`${place()}: expected an id, a string, got ${describe(id)}`);
    try {
      assertEmbedding(enrolled?.embedding, first?.embedding.length);
    } catch (error) {
      throw new TypeError(`${place()}: ${(error as Error).message}`, { cause: error });
    }
    if (enrolled.protection !== undefined) {
      throw new VisavisError(
        'template-incompatible',
        `${place()} is a protected template, which can only be compared one to one: use verify.`,
      );
    }
    first ??= enrolled;
    if (nameOf(enrolled) !== nameOf(first)) {
      throw new VisavisError(
        'template-incompatible',
        `${place()} was made by ${nameOf(enrolled)}, the first one by ${nameOf(first)}. Their embeddings cannot be compared: enroll again.`,
      );
    }
    const { embedding, captures = 1 } = enrolled;
    if (!(Number.isInteger(captures) && captures >= 1)) {
      throw new TypeError(`${place()}: expected captures to be a positive integer, got ${describe(captures)}`);
    }
    yield { ...originOf(enrolled), id, embedding, captures };
  }
}

function isPair(item: GalleryEntry | readonly [string, Enrolled]): item is readonly [string, Enrolled] {
  return Array.isArray(item);
}

function originOf({ model, modelVersion, pipelineVersion }: Enrolled): EmbeddingOrigin | null {
  if (model === undefined || modelVersion === undefined || pipelineVersion === undefined) return null;
  return { model, modelVersion, pipelineVersion };
}

function nameOf({ model, modelVersion, pipelineVersion }: Enrolled): string {
  return model === undefined ? 'an unnamed model' : `${model} ${modelVersion ?? '?'}, pipeline ${pipelineVersion ?? '?'}`;
}

/** A `Gallery` by what it can do, whichever copy of the library made it. */
export type PackedGallery = Pick<Gallery, keyof Gallery>;
