import type { PickleMachine } from './PickleMachine.js';
import type { PickleValue } from './PickleValue.js';

/**
 * The instructions of Python's pickles, protocols 0 to 5, by their byte. Left out: those that no state_dict has, such as extension codes
 * and buffers outside of the pickle.
 */
export const INSTRUCTIONS: ReadonlyMap<number, (m: PickleMachine) => void> = new Map<number, (m: PickleMachine) => void>([
  // Numbers and constants
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4b, (m) => m.push(m.uint8())], // BININT1
  [0x4d, (m) => m.push(m.uint16())], // BININT2
  [0x4a, (m) => m.push(m.int32())], // BININT
  [0x8a, (m) => m.push(m.whole(m.uint8()))], // LONG1
  [0x8b, (m) => m.push(m.whole(m.uint32()))], // LONG4
  [0x47, (m) => m.push(m.double())], // BINFLOAT
  [0x49, (m) => m.push(written(m, m.line()))], // INT
  [0x4c, (m) => m.push(written(m, m.line().replace(/L$/, '')))], // LONG
  [0x46, (m) => m.push(written(m, m.line()))], // FLOAT

  // Texts and bytes
  [0x58, (m) => m.push(m.text(m.uint32()))], // BINUNICODE
  [0x8c, (m) => m.push(m.text(m.uint8()))], // SHORT_BINUNICODE
  [0x8d, (m) => m.push(m.text(m.uint64()))], // BINUNICODE8
  [0x55, (m) => m.push(m.text(m.uint8()))], // SHORT_BINSTRING
  [0x54, (m) => m.push(m.text(m.uint32()))], // BINSTRING
  [0x56, (m) => m.push(m.line())], // UNICODE
  [0x53, (m) => m.push(m.line().replace(/^(['"])(.*)\1$/, '$2'))], // STRING
  [0x43, (m) => m.push(bytes(m, m.uint8()))], // SHORT_BINBYTES
  [0x42, (m) => m.push(bytes(m, m.uint32()))], // BINBYTES
  [0x8e, (m) => m.push(bytes(m, m.uint64()))], // BINBYTES8

  // Lists, tuples and sets
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x8f, (m) => m.push([])], // EMPTY_SET
  [0x6c, (m) => m.push(m.popMarked())], // LIST
  [0x74, (m) => m.push(m.popMarked())], // TUPLE
  [0x91, (m) => m.push(m.popMarked())], // FROZENSET
  [0x85, (m) => m.push(taken(m, 1))], // TUPLE1
  [0x86, (m) => m.push(taken(m, 2))], // TUPLE2
  [0x87, (m) => m.push(taken(m, 3))], // TUPLE3
  [0x61, (m) => m.append(taken(m, 1))], // APPEND
  [0x65, (m) => m.append(m.popMarked())], // APPENDS
  [0x90, (m) => m.append(m.popMarked())], // ADDITEMS

  // Dictionaries
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x64, dictionary], // DICT
  [0x73, (m) => m.setItems(taken(m, 2))], // SETITEM
  [0x75, (m) => m.setItems(m.popMarked())], // SETITEMS

  // Stack and memo
  [0x28, (m) => m.mark()], // MARK
  [0x30, (m) => void m.pop()], // POP
  [0x31, (m) => void m.popMarked()], // POP_MARK
  [0x32, (m) => m.push(m.top())], // DUP
  [0x71, (m) => m.put(m.uint8())], // BINPUT
  [0x72, (m) => m.put(m.uint32())], // LONG_BINPUT
  [0x94, (m) => m.put()], // MEMOIZE
  [0x70, (m) => m.put(Number(m.line()))], // PUT
  [0x68, (m) => m.get(m.uint8())], // BINGET
  [0x6a, (m) => m.get(m.uint32())], // LONG_BINGET
  [0x67, (m) => m.get(Number(m.line()))], // GET
  [0x80, (m) => void m.uint8()], // PROTO
  [0x95, (m) => void m.uint64()], // FRAME

  // Names and objects
  [0x63, (m) => m.findGlobal(m.line(), m.line())], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x52, (m) => m.reduce()], // REDUCE
  [0x81, (m) => m.makeObject()], // NEWOBJ
  [0x62, (m) => m.build()], // BUILD
  [0x51, (m) => m.push(m.host.findPersistent(m.pop()))], // BINPERSID
]);

/** The last values of the stack, in the order in which they were put there. */
function taken(m: PickleMachine, count: number): PickleValue[] {
  return Array.from({ length: count }, () => m.pop()).reverse();
}

function bytes(m: PickleMachine, length: number): Uint8Array {
  const from = m.step(length);
  return m.bytes.subarray(from, from + length);
}

function dictionary(m: PickleMachine): void {
  const items = m.popMarked();
  m.push(new Map());
  m.setItems(items);
}

function stackGlobal(m: PickleMachine): void {
  const [module, name] = taken(m, 2);
  if (typeof module !== 'string' || typeof name !== 'string') throw m.damaged('a name that is no text');
  m.findGlobal(module, name);
}

/** A number, as text. */
function written(m: PickleMachine, text: string): PickleValue {
  if (text === '00' || text === '01') return text === '01';
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw m.damaged('a number that is none');
  return value;
}
