import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { damaged, dice } from '../fixtures/damaged.js';
import { processorClock } from '../fixtures/processorClock.js';
import { simplify } from '../passes/simplify.js';
import { asImportError } from '../asImportError.js';
import { tensorflowReader } from './tensorflowReader.js';

/** More where somebody looks for what was missed: VISAVIS_MUTATIONS=6000. */
const COUNT = Number(process.env['VISAVIS_MUTATIONS'] ?? 120);
/** Milliseconds of the processor's time for a file. */
const LIMIT = 1000;

type Roll = (limit: number) => number;
interface Field {
  readonly number: number;
  readonly bytes: Uint8Array;
}

const whole = new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/tf1-frozen-facenet-mini.pb')));
const nodes = fieldsOf(whole).filter(({ number }) => number === 1);

/** The fields of a message that has strings and messages only, as a node has, or a graph's nodes. */
function fieldsOf(message: Uint8Array): Field[] {
  const reader = new BinaryReader(message);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (type === WireType.LengthDelimited) fields.push({ number, bytes: reader.bytes() });
    else reader.skip(type);
  }
  return fields;
}

function written(fields: readonly Field[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const { number, bytes } of fields) writer.tag(number, WireType.LengthDelimited).bytes(bytes);
  return writer.finish();
}

/** The file with one to four nodes taken out, told twice, moved, or given what another node has: name, operator, input or attribute. */
function rewired(roll: Roll): Uint8Array {
  const graph = [...nodes];
  for (let n = roll(4); n >= 0; n--) {
    const at = roll(graph.length);
    const kind = roll(12);
    if (kind === 0) graph.splice(at, 1);
    else if (kind === 1) graph.splice(roll(graph.length), 0, graph[at]);
    else if (kind === 2) graph.splice(roll(graph.length), 0, ...graph.splice(at, 1));
    else graph[at] = { number: 1, bytes: changed(graph[at].bytes, graph[roll(graph.length)].bytes, roll) };
  }
  return written(graph);
}

function changed(node: Uint8Array, other: Uint8Array, roll: Roll): Uint8Array {
  const [own, others] = [fieldsOf(node), fieldsOf(other)];
  const at = roll(own.length);
  const alike = others.filter(({ number }) => number === own[at].number);
  const kind = roll(6);
  if (kind === 0) own.splice(at, 1);
  else if (kind === 1) own.push(others[roll(others.length)]);
  else if (kind === 2) own[at] = { ...own[at], bytes: damaged(own[at].bytes, roll) };
  else if (alike.length > 0) own[at] = alike[roll(alike.length)];
  return written(own);
}

it(
  'a damaged frozen graph is read or refused, at once',
  async () => {
    const roll = dice(31);
    const outcomes = { read: 0, refused: 0 };
    for (let i = 0; i < COUNT; i++) {
      const bytes = i % 3 === 0 ? damaged(whole, roll) : rewired(roll);
      const spent = processorClock();
      const imported = await tensorflowReader.read({ name: 'damaged.pb', bytes }, {}).catch((thrown: unknown) => thrown);
      expect(spent(), `mutation ${i}`).toBeLessThan(LIMIT);
      if (imported instanceof Error) {
        expect(imported, `mutation ${i}`).toMatchObject({ code: 'import-failed' });
        outcomes.refused++;
        continue;
      }
      outcomes.read++;
      const error: unknown = await asImportError(() => simplify(imported as never, { swap: false, scalable: true })).catch(
        (thrown: unknown) => thrown,
      );
      if (error instanceof Error) expect(error, `mutation ${i}`).toMatchObject({ code: 'import-failed' });
    }
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(COUNT / 10);
  },
  COUNT * LIMIT,
);
