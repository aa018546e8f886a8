import { decodeHalf } from '../../graph/halfFloat.js';
import type { Tensor } from '../../graph/Graph.js';
import { importFailed } from '../importFailed.js';
import { sizeOfShape } from '../sizeOfShape.js';
import type { Cursor } from './Cursor.js';
import { readChunks } from './readChunks.js';
import { readDataspace } from './readDataspace.js';
import { type Datatype, readDatatype } from './readDatatype.js';
import { readFilters } from './readFilters.js';
import { MESSAGE, type Message } from './readMessages.js';

/**
 * The values of a dataset as float32: a view of the file where they stand there so.
 * @param name for messages
 * @param spend is told of every byte that is unpacked or copied, before memory is taken for it
 * @throws VisavisError `import-failed` that names the dataset, where it is no dataset of numbers, is kept elsewhere, or is not whole
 */
export async function readDataset(messages: readonly Message[], name: string, spend: (bytes: number) => void): Promise<Tensor> {
  const bodyOf = (type: number) => messages.find((message) => message.type === type)?.body;
  const [space, type, layout] = [bodyOf(MESSAGE.dataspace), bodyOf(MESSAGE.datatype), bodyOf(MESSAGE.layout)];
  if (!space || !type || !layout) throw importFailed(`${name} is no dataset: a tensor was expected there.`);
  if (bodyOf(MESSAGE.externalFiles)) throw importFailed(`The tensor ${name} is kept in another file: external storage is not read.`);
  const shape = readDataspace(space) ?? [0];
  const size = sizeOfShape(name, shape);
  const datatype = readDatatype(type);
  if (datatype.kind !== 'float') {
    const found = datatype.kind === 'other' ? datatype.name : datatype.kind;
    throw importFailed(`The tensor ${name} holds values of type ${found}; weights are floats of 2, 4 or 8 bytes.`);
  }
  const bytes = await readBytes(layout, bodyOf(MESSAGE.filters), shape, size, datatype.size, name, spend);
  return { shape, values: decode(bytes, datatype, size, spend) };
}

async function readBytes(
  layout: Cursor,
  filters: Cursor | undefined,
  shape: readonly number[],
  size: number,
  width: number,
  name: string,
  spend: (bytes: number) => void,
): Promise<Uint8Array> {
  const version = layout.u8();
  if (version !== 3 && version !== 4) throw layout.damaged(`a layout of version ${version}`);
  const kind = layout.u8();
  const wanted = size * width;
  if (kind === 0) return exactly(layout.take(layout.u16()), wanted, name);
  if (kind === 1) {
    const address = layout.address();
    const stored = layout.length();
    if (wanted === 0) return new Uint8Array();
    if (address === undefined) throw importFailed(`The tensor ${name} has no values: nothing was ever written there.`);
    if (stored < wanted) throw importFailed(`The tensor ${name} has ${stored} bytes, wanted ${wanted}.`);
    return layout.seek(address).take(wanted);
  }
  if (kind !== 2 || version === 4) {
    throw importFailed(
      `The tensor ${name} is written in the layout of libver="latest", which is not read here: save the file with h5py's defaults.`,
    );
  }
  const rank = layout.u8() - 1;
  const tree = layout.address();
  const block = Array.from({ length: rank }, () => layout.u32());
  if (rank !== shape.length || layout.u32() !== width || block.includes(0))
    throw layout.damaged(`parts of ${name} that do not fit its shape`);
  if (wanted === 0) return new Uint8Array();
  if (tree === undefined) throw importFailed(`The tensor ${name} has no values: nothing was ever written there.`);
  const used = filters ? readFilters(filters, name) : [];
  return readChunks(layout.seek(tree), { name, shape, block, width, filters: used }, spend);
}

function exactly(bytes: Uint8Array, wanted: number, name: string): Uint8Array {
  if (bytes.length < wanted) throw importFailed(`The tensor ${name} has ${bytes.length} bytes, wanted ${wanted}.`);
  return bytes.subarray(0, wanted);
}

const LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function decode(bytes: Uint8Array, { size, bigEndian }: Datatype & { bigEndian: boolean }, count: number, spend: (bytes: number) => void) {
  if (size === 4 && !bigEndian && LITTLE && bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, count);
  spend(4 * count);
  if (size === 4 && !bigEndian && LITTLE) return new Float32Array(bytes.slice().buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    if (size === 2) values[i] = decodeHalf(view.getUint16(2 * i, !bigEndian));
    else values[i] = size === 4 ? view.getFloat32(4 * i, !bigEndian) : view.getFloat64(8 * i, !bigEndian);
  }
  return values;
}
