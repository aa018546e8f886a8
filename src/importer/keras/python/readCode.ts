/** A Python object as `marshal` writes it, as far as code of one line needs them. Tuples are lists. */
export type PyObject = number | string | boolean | null | Uint8Array | readonly PyObject[];

/** Compiled Python: data to look at, never to run. */
export interface PyCode {
  /** Which numbers its instructions have. */
  readonly dialect: 'bytes' | 'words' | '3.11';
  readonly instructions: Uint8Array;
  readonly constants: readonly PyObject[];
  readonly names: readonly string[];
  /** Parameters first. */
  readonly variables: readonly string[];
  /** Variables of the functions around it. */
  readonly free: readonly string[];
  readonly parameters: number;
}

const MAX_LEVELS = 16;

/**
 * A code object from marshalled bytes: the layouts of Python 2.7, 3.0 to 3.7, 3.8 to 3.10, and 3.11 on, which are told apart by where the
 * instructions begin and by what follows them.
 * @returns undefined where it is none of these; the bytes may be anything
 */
export function readCode(bytes: Uint8Array): PyCode | undefined {
  for (const counts of [4, 5, 6]) {
    try {
      const code = new Reader(bytes).code(counts);
      if (code) return code;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
  return undefined;
}

class Unreadable extends Error {}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #refs: PyObject[] = [];
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @param counts how many numbers stand before the instructions */
  code(counts: number): PyCode | undefined {
    const tag = this.#u8();
    if ((tag & 127) !== 0x63) return undefined;
    // Objects refer to one another by number, and the code itself is the first.
    if (tag & 128) this.#refs.push(null);
    const numbers = Array.from({ length: counts }, () => this.#i32());
    const instructions = this.#object(0);
    const constants = this.#object(0);
    const names = texts(this.#object(0));
    const variables = texts(this.#object(0));
    const next = this.#object(0);
    const parameters = numbers[0]!;
    if (!(instructions instanceof Uint8Array) || !isTuple(constants) || !names || !variables || parameters > variables.length)
      return undefined;
    if (next instanceof Uint8Array) {
      return { dialect: '3.11', instructions, constants, names, variables, free: variables, parameters };
    }
    const free = texts(next);
    const cells = texts(this.#object(0));
    if (!free || !cells) return undefined;
    const dialect = counts === 6 || (counts === 5 && areWords(instructions)) ? 'words' : 'bytes';
    return { dialect, instructions, constants, names, variables, free: [...cells, ...free], parameters };
  }

  #object(level: number): PyObject {
    if (level > MAX_LEVELS) throw new Unreadable();
    const tag = this.#u8();
    const ref = tag & 128 ? this.#refs.push(null) - 1 : -1;
    const value = this.#value(String.fromCharCode(tag & 127), level);
    if (ref >= 0) this.#refs[ref] = value;
    return value;
  }

  #value(tag: string, level: number): PyObject {
    switch (tag) {
      case 'N':
        return null;
      case 'T':
        return true;
      case 'F':
        return false;
      case 'i':
        return this.#i32();
      case 'g':
        return this.#f64();
      case 's':
        return this.#take(this.#i32());
      case 't':
      case 'u':
      case 'a':
      case 'A': {
        const text = new TextDecoder().decode(this.#take(this.#i32()));
        // Python 2 refers back to interned texts by their number among themselves.
        if (tag === 't') this.#interned.push(text);
        return text;
      }
      case 'z':
      case 'Z':
        return new TextDecoder().decode(this.#take(this.#u8()));
      case '(':
        return this.#tuple(this.#i32(), level);
      case ')':
        return this.#tuple(this.#u8(), level);
      case 'r':
        return known(this.#refs[this.#i32()]);
      case 'R':
        return known(this.#interned[this.#i32()]);
      default:
        throw new Unreadable();
    }
  }

  readonly #interned: string[] = [];

  #tuple(length: number, level: number): PyObject {
    if (length < 0 || length > this.#bytes.length) throw new Unreadable();
    return Array.from({ length }, () => this.#object(level + 1));
  }

  #u8(): number {
    return this.#take(1)[0]!;
  }

  #i32(): number {
    this.#take(4);
    return this.#view.getInt32(this.#at - 4, true);
  }

  #f64(): number {
    this.#take(8);
    return this.#view.getFloat64(this.#at - 8, true);
  }

  #take(length: number): Uint8Array {
    if (length < 0 || this.#at + length > this.#bytes.length) throw new Unreadable();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

function known(value: PyObject | undefined): PyObject {
  if (value === undefined) throw new Unreadable();
  return value;
}

function isTuple(value: PyObject): value is readonly PyObject[] {
  return Array.isArray(value);
}

function texts(value: PyObject): string[] | undefined {
  const list = isTuple(value) ? value : undefined;
  // Python 2 has bytes for names.
  return list?.map((text) => (text instanceof Uint8Array ? new TextDecoder().decode(text) : String(text)));
}

/** Python 3.6 went from instructions of one or three bytes to two each, and RETURN_VALUE (83) then has a zero after it. */
function areWords(instructions: Uint8Array): boolean {
  return instructions.length % 2 === 0 && instructions.at(-1) === 0 && instructions.at(-2) === 83;
}
