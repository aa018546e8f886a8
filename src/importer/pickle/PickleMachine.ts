import { importFailed } from '../importFailed.js';
import { PickleGlobal, PickleObject, type PickleValue } from './PickleValue.js';

/** What a pickle may ask for. */
export interface PickleHost {
  /** @throws VisavisError `import-failed` for every name that is not expected. @param isClass whether an object of it follows at once */
  findGlobal(module: string, name: string, isClass: boolean): PickleGlobal;
  /** The value that an id outside of the pickle stands for. */
  findPersistent(id: PickleValue): PickleValue;
}

/** State of a pickle that is being read: bytes, stack, marks and memo. No instruction makes more of them than it has bytes. */
export class PickleMachine {
  readonly #view: DataView;
  readonly #stack: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();
  at: number;

  constructor(
    readonly bytes: Uint8Array,
    start: number,
    readonly host: PickleHost,
    readonly name: string,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = start;
  }

  damaged(what: string) {
    return importFailed(`The pickle ${this.name} is cut off or damaged at byte ${this.at}: ${what}.`);
  }

  // Bytes

  /** Steps over `count` bytes and gives where they were. */
  step(count: number): number {
    if (count > this.bytes.length - this.at) throw this.damaged(`${count} bytes are wanted, ${this.bytes.length - this.at} are left`);
    this.at += count;
    return this.at - count;
  }

  uint8(): number {
    return this.#view.getUint8(this.step(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.step(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.step(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.step(4), true);
  }

  /** A length of 8 bytes. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.step(8), true));
  }

  /** Big-endian, unlike everything else. */
  double(): number {
    return this.#view.getFloat64(this.step(8), false);
  }

  /** A whole number of `length` bytes in two's complement. */
  whole(length: number): number | bigint {
    if (length > 16) throw this.damaged(`a whole number of ${length} bytes`);
    const from = this.step(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[from + i]!);
    return plain(length === 0 ? 0n : BigInt.asIntN(8 * length, value));
  }

  text(length: number): string {
    const from = this.step(length);
    return new TextDecoder().decode(this.bytes.subarray(from, this.at));
  }

  /** Up to the end of the line, which is stepped over. */
  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0 || end - this.at > LONGEST_LINE) throw this.damaged('a line without an end');
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }

  // Stack

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pop(): PickleValue {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw this.damaged('nothing is left to take');
    return this.#stack.pop()!;
  }

  top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined) throw this.damaged('nothing is there');
    return value;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** Takes everything since the last mark. */
  popMarked(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.damaged('there is no mark');
    return this.#stack.splice(mark);
  }

  put(index: number = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  get(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.damaged(`the memo has no ${index}`);
    this.push(value);
  }

  // Objects

  findGlobal(module: string, name: string): void {
    this.push(this.host.findGlobal(module, name, this.#objectFollows()));
  }

  /** Whether the next instructions, apart from ones that remember, are an empty tuple and the making of an object. */
  #objectFollows(): boolean {
    let next = this.at;
    for (let width; (width = REMEMBERING.get(this.bytes[next] ?? 0)) !== undefined;) next += width;
    return this.bytes[next] === 0x29 && this.bytes[next + 1] === 0x81;
  }

  /** Calls a function: one of ours that takes its place. */
  reduce(): void {
    const args = this.pop();
    const callee = this.pop();
    if (!(callee instanceof PickleGlobal) || !callee.call || !Array.isArray(args)) throw this.damaged('a call of what cannot be called');
    this.push(callee.call(args));
  }

  makeObject(): void {
    this.pop();
    const type = this.pop();
    if (!(type instanceof PickleGlobal) || !type.isClass) throw this.damaged('an object of what is no class');
    this.push(new PickleObject(type.name));
  }

  /** Gives an object its attributes. What a dictionary or a list is given besides its items is not used. */
  build(): void {
    const state = this.pop();
    const target = this.top();
    if (!(target instanceof PickleObject)) return;
    if (!(state instanceof Map)) throw this.damaged(`the attributes of ${target.type} are no dictionary`);
    target.attributes = state;
  }

  append(items: readonly PickleValue[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw this.damaged('items for what is no list');
    for (const item of items) list.push(item);
  }

  setItems(items: readonly PickleValue[]): void {
    const map = this.top();
    if (!(map instanceof Map)) throw this.damaged('items for what is no dictionary');
    if (items.length % 2) throw this.damaged('a key without a value');
    for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
  }
}

/** No name or number of a pickle is longer. */
const LONGEST_LINE = 1000;
/** MEMOIZE, BINPUT and LONG_BINPUT, and their widths. */
const REMEMBERING = new Map([
  [0x94, 1],
  [0x71, 2],
  [0x72, 5],
]);

function plain(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}
