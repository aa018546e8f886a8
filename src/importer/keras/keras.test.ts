import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { interpret } from '../../graph/interpret.js';
import type { ModelFile } from '../ModelFile.js';
import { kerasHdf5Reader } from './kerasHdf5Reader.js';
import { kerasArchiveReader } from './kerasArchiveReader.js';

const small = '../shared/cases/import/small/';

interface Case {
  readonly file: string;
  readonly name: string;
  readonly input: string;
  readonly output: string;
  readonly format: string;
  readonly outputShape: readonly number[];
}

function floats(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] ** 2;
    bb += b[i] ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

const cases = existsSync(small)
  ? (JSON.parse(readFileSync(`${small}index.json`, 'utf8')) as Case[]).filter(({ format }) => format.startsWith('keras'))
  : [];

describe('keras', () => {
  it.each(cases)('$file', async ({ file, input, output, outputShape }) => {
    const model: ModelFile = { name: file, bytes: new Uint8Array(readFileSync(small + file)) };
    const reader = [kerasArchiveReader, kerasHdf5Reader].find((r) => r.matches(model))!;
    const t0 = performance.now();
    const read = await reader.read(model, {});
    const t1 = performance.now();
    const last = read.graph.nodes.get(read.output)!;
    const node = last.op === 'L2Normalize' ? last.inputs[0] : read.output;
    const [result] = interpret(read.graph, { [read.input]: { shape: [1, 160, 160, 3], values: floats(small + input) } }, [node]);
    console.log(file, read.format, read.architecture, read.notes, (t1 - t0).toFixed(0), (performance.now() - t1).toFixed(0), last.op);
    expect(result.shape).toEqual(outputShape);
    expect(cosine(result.values, floats(small + output))).toBeGreaterThan(0.99999);
  });
});
