import { importFailed } from '../importFailed.js';

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes of the file. */
  readonly size: number;
  /**
   * The file's bytes, a view of the archive's. Checksums are not compared: PyTorch may write archives without.
   * @throws VisavisError `import-failed` that names the entry, where it is compressed, encrypted, or not inside the archive
   */
  bytes(): Uint8Array<ArrayBuffer>;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end record, and the longest comment after it. */
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;

/**
 * The files of a zip archive, by its central directory: what local headers say of sizes is not used, writers that stream put zeros there.
 * Also zip64. Nothing is unpacked: PyTorch and Keras store what they write.
 * @returns the entries by name, in the directory's order
 * @throws VisavisError `import-failed` that names the entry or the byte: an archive that is cut off, damaged, split over several files, or
 *   has two entries of one name
 */
export function readZip(archive: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const { count, start, length } = findDirectory(view);
  const entries = new Map<string, ZipEntry>();
  const end = start + length;
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL)
      throw damaged(`entry ${i} of ${count} of its directory is not at byte ${at}`);
    const [nameLength, extraLength, commentLength] = [
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > end) throw damaged(`entry ${i} of its directory, at byte ${at}, reaches past the directory's end`);
    const name = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength));
    if (entries.has(name)) throw damaged(`there are two entries ${name}`);
    entries.set(name, readEntry(archive, view, at, name, start));
    at = next;
  }
  return entries;
}

/** @param at of its directory entry @param limit where the directory starts: no data lies behind it */
function readEntry(archive: Uint8Array, view: DataView, at: number, name: string, limit: number): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const wide = wideSizes(view, at);
  const packed = wide(20);
  const size = wide(24);
  const local = wide(42);
  const bytes = (): Uint8Array<ArrayBuffer> => {
    if (flags & 1) throw importFailed(`The entry ${name} of the archive is encrypted.`);
    if (method !== 0)
      throw importFailed(
        `The entry ${name} of the archive is compressed (${packed} bytes to ${size}); the frameworks store what they write. Save the file again with the framework.`,
      );
    if (packed !== size) throw damaged(`the entry ${name} is stored, yet has the sizes ${packed} and ${size}`);
    if (local + 30 > limit || view.getUint32(local, true) !== LOCAL) throw damaged(`the header of ${name} is not at byte ${local}`);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + size > limit)
      throw damaged(`${name} reaches past the archive's data: ${size} bytes at ${from}, and the directory starts at ${limit}`);
    return archive.subarray(from, from + size) as Uint8Array<ArrayBuffer>;
  };
  return { name, size, bytes };
}

/** Reads the three fields that may be too small for their numbers; those stand in the extra field 1 instead, in this order. */
function wideSizes(view: DataView, at: number): (offset: 20 | 24 | 42) => number {
  const nameLength = view.getUint16(at + 28, true);
  const end = at + 46 + nameLength + view.getUint16(at + 30, true);
  let wide = -1;
  let wideEnd = -1;
  for (let field = at + 46 + nameLength; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    wide = field + 4;
    wideEnd = Math.min(end, wide + view.getUint16(field + 2, true));
    break;
  }
  const fields = new Map<number, number>();
  // The extra field has the full size first, then the packed one, then the place.
  for (const offset of [24, 20, 42]) {
    const small = view.getUint32(at + offset, true);
    if (small !== 0xffffffff) fields.set(offset, small);
    else if (wide >= 0 && wide + 8 <= wideEnd) {
      fields.set(offset, Number(view.getBigUint64(wide, true)));
      wide += 8;
    } else throw damaged(`the directory entry at byte ${at} lacks its zip64 field`);
  }
  return (offset) => fields.get(offset)!;
}

function findDirectory(view: DataView): { count: number; start: number; length: number } {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) !== END || at + END_SIZE + view.getUint16(at + 20, true) !== view.byteLength) continue;
    const directory = readEnd(view, at);
    if (directory.start + directory.length > at)
      throw damaged(`its directory, ${directory.length} bytes at ${directory.start}, is cut off`);
    if (directory.count * 46 > directory.length)
      throw damaged(`its directory of ${directory.length} bytes cannot hold ${directory.count} entries`);
    return directory;
  }
  throw importFailed(
    `The zip archive has no end (${view.byteLength} bytes are there): the file is cut off or damaged. Download or copy it again.`,
  );
}

function readEnd(view: DataView, at: number): { count: number; start: number; length: number } {
  const disks = [view.getUint16(at + 4, true), view.getUint16(at + 6, true)];
  const [count, length, start] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  const locator = at - 20;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR_64) {
    const wide = Number(view.getBigUint64(locator + 8, true));
    if (wide + 56 > locator || view.getUint32(wide, true) !== END_64) throw damaged(`its zip64 end is not at byte ${wide}`);
    const number = (offset: number) => Number(view.getBigUint64(wide + offset, true));
    return { count: number(32), length: number(40), start: number(48) };
  }
  if (disks.some((disk) => disk !== 0)) throw damaged('it is one part of several');
  return { count, length, start };
}

function damaged(what: string) {
  return importFailed(`The zip archive is cut off or damaged: ${what}.`);
}
