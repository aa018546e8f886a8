import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inspectModel } from 'visavis/importer';
import { parseManifest } from '../../src/engine/models/parseManifest.js';
import { inferShapes } from '../../src/graph/inferShapes.js';
import { readGraph } from '../../src/graph/readGraph.js';
import { networkFacts, type NetworkFacts } from '../../src/importer/networkFacts.js';
import { readingUsage, UsageError } from '../UsageError.js';
import { readInput } from './readInput.js';

const USAGE = `Says what is in a file of weights, or in a folder of a model: format, network, parameters, multiply-adds, operations.

  npx visavis inspect FILE [--architecture NAME] [--input-size PIXELS]
  npx visavis inspect FOLDER`;

interface Inspected extends NetworkFacts {
  readonly format: string;
  readonly architecture: string | null;
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly output: { readonly name: string; readonly shape: readonly number[] };
  readonly notes: readonly string[];
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const options = { help: { type: 'boolean', short: 'h' }, architecture: text, 'input-size': text } as const;
  const { values, positionals } = readingUsage(() => parseArgs({ args, allowPositionals: true, options }));
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError(USAGE);
  const size = values['input-size'];
  if (size !== undefined && !/^\d{1,5}$/.test(size)) throw new UsageError(`--input-size: expected a number of pixels, got ${size}`);
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  const { architecture } = values;
  if (isFolder && (architecture ?? size) !== undefined) {
    throw new UsageError(`--architecture and --input-size belong to files; the folder ${path} says what it is itself`);
  }
  const read = { ...(architecture !== undefined && { architecture }), ...(size !== undefined && { inputSize: Number(size) }) };
  console.log(describe(isFolder ? await inspectFolder(path) : await inspectModel(await readInput(path), read)));
}

async function inspectFolder(folder: string): Promise<Inspected> {
  const read = (name: string) =>
    readFile(join(folder, name)).catch((cause: unknown) => {
      throw new Error(`${join(folder, name)} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    });
  const { architecture, embedder, files } = parseManifest((await read('manifest.json')).toString(), join(folder, 'manifest.json'));
  const [graphFile, ...others] = files.map(({ path }) => path);
  const weights = await Promise.all(others.filter((path) => path !== embedder?.cohort?.path).map(read));
  const graph = readGraph({ modelJson: (await read(graphFile)).toString(), weights: Buffer.concat(weights) });
  const used = new Set([...graph.nodes.values()].flatMap(({ inputs }) => inputs));
  const outputs = [...graph.nodes.keys()].filter((name) => !used.has(name));
  const input = [...graph.nodes.values()].find(({ op }) => op === 'Placeholder')!.name;
  const shapes = inferShapes(graph, outputs);
  const end = (name: string) => ({ name, shape: shapes.get(name) ?? [] });
  const [output] = outputs;
  return { format: 'model folder', architecture, ...networkFacts(graph, outputs), input: end(input), output: end(output), notes: [] };
}

function describe({ format, architecture, input, output, nodes, parameters, multiplyAdds, operators, notes }: Inspected): string {
  const end = ({ name, shape }: Inspected['input']) => `${name} [${shape.join(', ')}]`;
  const count = (n: number) => n.toLocaleString('en');
  return [
    `format         ${format}`,
    `architecture   ${architecture ?? 'not known'}`,
    `input          ${end(input)}`,
    `output         ${end(output)}`,
    `nodes          ${count(nodes)}`,
    `parameters     ${count(parameters)}`,
    `multiply-adds  ${count(multiplyAdds)}`,
    `operators      ${Object.entries(operators).map(([op, n]) => `${op} ${n}`).join(', ')}`, // prettier-ignore
    ...notes.map((note) => `note           ${note}`),
  ].join('\n');
}
