import type { Tensor } from '../../graph/Graph.js';
import { throwIfAborted } from '../../shared/abortable.js';
import { importFailed } from '../importFailed.js';
import type { Cursor } from './Cursor.js';
import { readAttribute } from './readAttribute.js';
import { readDataset } from './readDataset.js';
import { type Link, readLinks } from './readLinks.js';
import { MESSAGE, type Message, readMessages } from './readMessages.js';
import { readSuperblock } from './readSuperblock.js';

/** Soft links that lead to soft links. */
const MAX_HOPS = 16;
/** Names of a path. */
const MAX_PATH = 64;

/**
 * Messages, links, places of texts and lines of texts that are read of all objects, also of one that is asked for again and again: no model
 * has a hundredth.
 */
const MAX_VISITS = 5_000_000;

/** What all objects of a file have in common. */
interface OpenFile {
  readonly root: Cursor;
  spend(bytes: number): void;
  visit(parts: number): void;
  readonly signal: AbortSignal | undefined;
}

/**
 * A group or dataset of an HDF5 file (the format of `.h5`), read from its bytes as it is asked for: nothing is executed, links out of the
 * file are refused, and no more memory is taken than the file's size allows for.
 *
 * Read is what h5py writes by default: symbol tables and compact links, attributes in object headers, contiguous, compact and chunked
 * datasets with gzip, shuffle and Fletcher's checksum. Layouts of `libver="latest"` are named and refused.
 */
export class Hdf5Object {
  readonly path: string;
  readonly #file: OpenFile;
  readonly #messages: readonly Message[];
  #links: ReadonlyMap<string, Link> | undefined;

  /**
   * The root group.
   * @param signal ends what reads values
   * @throws VisavisError `import-failed` that names a byte, or says that the file is cut off
   */
  static open(bytes: Uint8Array, signal?: AbortSignal): Hdf5Object {
    const root = readSuperblock(bytes);
    let left = 64 * 2 ** 20 + 8 * bytes.length;
    const spend = (count: number) => {
      left -= count;
      if (left < 0) throw importFailed('The HDF5 file unpacks to more than eight times its size, which no weights do: it is made to harm.');
    };
    let visits = 0;
    const visit = (count: number) => {
      visits += count;
      if (visits > MAX_VISITS) throw importFailed('The HDF5 file names the same objects again and again: it is damaged or made to harm.');
    };
    return new Hdf5Object({ root, spend, visit, signal }, '', root.at);
  }

  private constructor(file: OpenFile, path: string, address: number) {
    this.#file = file;
    this.path = path;
    this.#messages = readMessages(file.root.seek(address));
    file.visit(this.#messages.length);
  }

  /** Names of a group's members, in the file's order; of a dataset none. */
  names(): string[] {
    return [...this.#members().keys()];
  }

  get isGroup(): boolean {
    return !this.#messages.some(({ type }) => type === MESSAGE.layout);
  }

  /** The texts of an attribute; undefined where there is none of that name, or where it holds no texts. */
  texts(name: string): string[] | undefined {
    this.#file.visit(this.#messages.length);
    for (const { type, body } of this.#messages) {
      if (type === MESSAGE.attributeInfo) this.#refuseDense(body);
      if (type !== MESSAGE.attribute) continue;
      const attribute = readAttribute(body.seek(body.at, body.left), (places) => this.#file.visit(places));
      if (attribute.name !== name) continue;
      const texts = attribute.texts();
      for (const { length } of texts ?? []) this.#file.visit(1 + Math.floor(length / 64));
      return texts;
    }
    return undefined;
  }

  /**
   * The object at a path below this one; undefined where there is none.
   * @throws VisavisError `import-failed` for links to other files, and for soft links that lead in a circle
   */
  find(path: string): Hdf5Object | undefined {
    return this.#follow(namesOf(path), MAX_HOPS);
  }

  /** A dataset's values. @throws VisavisError `import-failed` that names the dataset; `aborted` */
  tensor(): Promise<Tensor> {
    throwIfAborted(this.#file.signal);
    const fresh = this.#messages.map(({ type, body }) => ({ type, body: body.seek(body.at, body.left) }));
    return readDataset(fresh, this.path, (bytes) => this.#file.spend(bytes));
  }

  #members(): ReadonlyMap<string, Link> {
    const fresh = () => this.#messages.map(({ type, body }) => ({ type, body: body.seek(body.at, body.left) }));
    if (!this.#links) {
      this.#links = readLinks(fresh(), this.path || '/') ?? new Map<string, Link>();
      this.#file.visit(this.#links.size);
    }
    return this.#links;
  }

  #follow(names: readonly string[], hops: number): Hdf5Object | undefined {
    if (names.length > MAX_PATH) throw importFailed(`The HDF5 file has a path of ${names.length} names.`);
    const [name, ...rest] = names;
    if (name === undefined) return this;
    const link = this.#members().get(name);
    if (!link) return undefined;
    const path = this.path ? `${this.path}/${name}` : name;
    if (link.kind === 'external')
      throw importFailed(`The link ${path} leads to another file (${link.file}): external links are not followed.`);
    if (link.kind === 'hard') return new Hdf5Object(this.#file, path, link.address).#follow(rest, hops);
    if (hops === 0) throw importFailed(`The soft link ${path} leads in a circle: soft link loop.`);
    const start = link.path.startsWith('/') ? new Hdf5Object(this.#file, '', this.#file.root.at) : this;
    return start.#follow([...namesOf(link.path), ...rest], hops - 1);
  }

  #refuseDense(body: Cursor): void {
    const info = body.seek(body.at, body.left).skip(1);
    if (info.u8() & 1) info.skip(2);
    if (info.address() === undefined) return;
    throw importFailed(
      `The attributes of ${this.path || '/'} are written in the layout of libver="latest", which is not read here: save the file again with h5py's defaults.`,
    );
  }
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}
