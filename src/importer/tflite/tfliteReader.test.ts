import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interpret } from '../../graph/interpret.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { compareEmbeddings } from '../compareEmbeddings.js';
import { GraphBuilder } from '../GraphBuilder.js';
import { readModelFile } from '../readModelFile.js';
import type { LiteCall } from './LiteCall.js';
import { LITE_OPERATORS } from './liteOperators.js';
import { tfliteReader } from './tfliteReader.js';

const FIXTURES = join(import.meta.dirname, '../fixtures');
/** A narrow MobileNet, converted by TensorFlow 2.15 with weights in float16; the output is that of TensorFlow 2.21's interpreter. */
const bytes = new Uint8Array(readFileSync(join(FIXTURES, 'keras2-mobilenet-f16.tflite')));
const read = (content: Uint8Array) => readModelFile({ name: 'network.tflite', bytes: content }, {});

describe('tfliteReader', () => {
  it('gives what the interpreter of TensorFlow Lite gives', async () => {
    const { graph, input, output, format } = await read(bytes);
    const picture = { shape: [1, 160, 160, 3], values: goldenPattern(160) };
    const [embedding] = interpret(graph, { [input]: picture }, [output]);
    const expected = new Float32Array(Uint8Array.from(readFileSync(join(FIXTURES, 'keras2-mobilenet-f16.output.bin'))).buffer);
    expect(embedding.shape).toEqual([1, 128]);
    expect(compareEmbeddings(embedding.values, expected)).toBeGreaterThanOrEqual(0.999_99);
    expect(format).toBe('TensorFlow Lite');
  });

  it('reads files that do not begin at a multiple of four bytes', async () => {
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    const [{ graph }, moved] = await Promise.all([read(bytes), read(shifted.subarray(1))]);
    expect(moved.graph.weights).toEqual(graph.weights);
  });

  it('takes no other size than the file has', async () => {
    const other = readModelFile({ name: 'network.tflite', bytes }, { inputSize: 112 });
    await expect(other).rejects.toThrow('[1, 160, 160, 3], and an input size of 112 was asked for');
  });

  it('asks for the size of a picture that may have any', async () => {
    const any = bytes.slice();
    const view = new DataView(any.buffer);
    // The shape as it is, and the one that says which axes may have any size.
    for (const [from, to] of [
      [
        [4, 1, 160, 160, 3],
        [4, 1, 1, 1, 3],
      ],
      [
        [4, -1, 160, 160, 3],
        [4, -1, -1, -1, 3],
      ],
    ] as const) {
      let at = 0;
      while (from.some((n, i) => view.getInt32(at + 4 * i, true) !== n)) at += 4;
      to.forEach((n, i) => view.setInt32(at + 4 * i, n, true));
    }
    await expect(read(any)).rejects.toThrow('has the shape [-1, -1, -1, 3]: give the size of the picture (--input-size)');
    const { graph, input } = await readModelFile({ name: 'network.tflite', bytes: any }, { inputSize: 96 });
    expect(graph.nodes.get(input)!.attributes.shape).toEqual({ shape: [1, 96, 96, 3] });
  });

  it('takes a softmax as steep as TensorFlow’s, and no other', () => {
    const call = (beta: number) => {
      const builder = new GraphBuilder();
      const fault = (what: string) => new Error(what);
      const operator = { name: 'y', count: 1, options: { float: () => beta }, builder, input: () => builder.placeholder('x', 8), fault };
      return LITE_OPERATORS.SOFTMAX(operator as unknown as LiteCall);
    };
    expect(call(1)).toBe('y');
    expect(() => call(2)).toThrow('has a beta of 2');
  });

  it.each([8, 100, 4000, bytes.length / 2, bytes.length - 5])('refuses the first %d bytes', async (length) => {
    await expect(read(bytes.subarray(0, length))).rejects.toThrow(/not a valid TensorFlow Lite file, or it is cut off or damaged: at byte/);
  });

  it('reads or refuses whatever is made of a file', async () => {
    const random = seededRandom(5);
    let refused = 0;
    const at = (n: number) => Math.floor(random() * n);
    for (let n = 0; n < 60; n++) {
      const changed = bytes.slice(0, n % 4 === 0 ? at(bytes.length) : bytes.length);
      // Tables are at the end of the file, where the converter writes them, and at its beginning.
      for (let change = 0; change < 3; change++) changed[n % 2 ? changed.length - 1 - at(16_000) : at(changed.length)] = at(256);
      // The reader itself: importing would make refusals of plain errors that nobody thought of, and all of them are looked for.
      await tfliteReader.read({ name: 'network.tflite', bytes: changed }, {}).catch((error: unknown) => {
        refused++;
        expect(error, `mutation ${n}`).toMatchObject({ code: 'import-failed' });
      });
    }
    expect(refused).toBeGreaterThan(10);
  });
});
