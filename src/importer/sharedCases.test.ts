import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { interpret } from '../graph/interpret.js';
import { readGraph } from '../graph/readGraph.js';
import { compareEmbeddings } from './compareEmbeddings.js';
import { processorClock } from './fixtures/processorClock.js';
import { importModel } from './importModel.js';
import { nameEnds } from './passes/nameEnds.js';
import { simplify } from './passes/simplify.js';
import { readModelFile } from './readModelFile.js';

/** Files that the frameworks themselves wrote, with what they answer: too many to be kept here. */
const FOLDER = join(import.meta.dirname, '../../../shared/cases/import');
const isThere = existsSync(join(FOLDER, 'small/index.json'));
if (!isThere)
  console.warn(`\n${FOLDER} is not there: what the frameworks answer is NOT compared with what the importer makes of their files.\n`);

interface SmallCase {
  readonly name: string;
  readonly file: string;
  readonly input: string;
  readonly inputShape: readonly number[];
  readonly inputLayout: 'NHWC' | 'NCHW';
  readonly output: string;
}
interface BadCase {
  readonly file: string;
  readonly wrong: string;
}

const load = (name: string) => new Uint8Array(readFileSync(join(FOLDER, name)));
const floats = (name: string) => new Float32Array(Uint8Array.from(load(name)).buffer);
const list = <T>(name: string) => (isThere ? (JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T[]) : []);
const small = list<SmallCase>('small/index.json');
const bad = list<BadCase>('bad/bad.json');

/** The input as [1, size, size, 3]. */
function pictureOf({ input, inputShape, inputLayout }: SmallCase) {
  const values = floats(`small/${input}`);
  const size = inputShape[2];
  const plane = size * size;
  const nhwc = inputLayout === 'NHWC' ? values : values.map((_, i) => values[(i % 3) * plane + Math.floor(i / 3)]);
  return { shape: [1, size, size, 3], values: nhwc };
}

describe.skipIf(!isThere)('files that the frameworks wrote', () => {
  const cosines: number[] = [];

  it.each(small)(
    '$file gives what its framework gives',
    async (each) => {
      const file = { name: each.file, bytes: load(`small/${each.file}`) };
      const picture = pictureOf(each);
      const expected = floats(`small/${each.output}`);
      const imported = await readModelFile(file, { inputSize: picture.shape[1] });
      const { network } = simplify(imported, { swap: false, scalable: false });
      const { graph } = nameEnds(network);
      const [exact] = interpret(graph, { input: picture }, ['embedding']);
      expect(compareEmbeddings(exact.values, expected)).toBeGreaterThanOrEqual(0.999_99);

      const { files } = await importModel(file, { id: 'case', inputSize: picture.shape[1], normalize: 'per-image' });
      const written = readGraph({ modelJson: new TextDecoder().decode(files.get('model.json')), weights: files.get('weights.bin')! });
      const [rounded] = interpret(written, { input: picture }, ['embedding']);
      const cosine = compareEmbeddings(rounded.values, expected);
      expect(cosine).toBeGreaterThanOrEqual(0.995);
      cosines.push(cosine);
    },
    60_000,
  );

  it('gives it in 8 bits, on average', () => {
    expect(cosines.length).toBeGreaterThan(0);
    expect(cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length).toBeGreaterThanOrEqual(0.999);
  });
});

describe.skipIf(!isThere)('files that must be refused', () => {
  afterAll(() => expect(existsSync(join(tmpdir(), 'pwned-by-pickle'))).toBe(false));

  it.each(bad)('$file: $wrong', async ({ file }) => {
    const bytes = load(`bad/${file}`);
    const spent = processorClock();
    const error: unknown = await importModel({ name: file, bytes }, { id: 'case' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'import-failed' });
    expect(spent()).toBeLessThan(1000);
  });
});
