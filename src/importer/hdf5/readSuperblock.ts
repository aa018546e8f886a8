import { importFailed } from '../importFailed.js';
import { Cursor, type Widths } from './Cursor.js';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether a file begins as HDF5 does. */
export function isHdf5(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * The first structure of a file (HDF5 File Format Specification, section II.A).
 * @returns a cursor at the root group's object header
 */
export function readSuperblock(bytes: Uint8Array): Cursor {
  if (!isHdf5(bytes)) throw importFailed('This is no HDF5 file: its first eight bytes are others.');
  const head = new Cursor(bytes, { offset: 8, length: 8 }, SIGNATURE.length);
  const version = head.u8();
  if (version > 3) throw importFailed(`The HDF5 file says that it has version ${version}; versions 0 to 3 are read.`);
  return version < 2 ? readOld(head, version) : readNew(head);
}

/** Versions 0 and 1, which h5py writes. */
function readOld(head: Cursor, version: number): Cursor {
  const widths = readWidths(head.skip(4));
  const rest = new Cursor(head.bytes, widths, head.at).skip(version === 0 ? 9 : 13);
  const base = rest.address();
  rest.address();
  checkEnd(rest, base);
  rest.address();
  // The root's entry, as a symbol table has it.
  rest.address();
  return at(rest, rest.address());
}

function readNew(head: Cursor): Cursor {
  const widths = readWidths(head);
  const rest = new Cursor(head.bytes, widths, head.at).skip(1);
  const base = rest.address();
  rest.address();
  checkEnd(rest, base);
  return at(rest, rest.address());
}

function readWidths(head: Cursor): Widths {
  const widths = { offset: head.u8(), length: head.u8() };
  const known = [4, 8];
  if (!known.includes(widths.offset) || !known.includes(widths.length))
    throw head.damaged(`addresses of ${widths.offset} and lengths of ${widths.length} bytes`);
  return widths;
}

/** A download that broke off is found here, before anything that is missing is looked for. */
function checkEnd(rest: Cursor, base: number | undefined): void {
  if (base !== 0) throw rest.damaged('a base address that is not zero');
  const end = rest.address() ?? 0;
  if (end > rest.bytes.length) {
    throw importFailed(`The HDF5 file is cut off: it has ${rest.bytes.length} bytes and says that it has ${end}. Download it again.`);
  }
}

function at(rest: Cursor, root: number | undefined): Cursor {
  if (root === undefined) throw rest.damaged('no root group');
  return rest.seek(root);
}
