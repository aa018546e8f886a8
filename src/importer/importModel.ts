import { throwIfAborted } from '../shared/abortable.js';
import { goldenPattern } from '../shared/goldenPattern.js';
import { seededRandom } from '../shared/seededRandom.js';
import { interpretSteps } from '../graph/interpret.js';
import { writeGraph } from '../graph/writeGraph.js';
import { asImportError } from './asImportError.js';
import { assertImportOptions } from './assertImportOptions.js';
import { checkLayers } from './checkLayers.js';
import { chooseForms } from './chooseForms.js';
import type { ImportedGraph } from './ImportedGraph.js';
import type { ImportOptions, ImportProgress, Normalization } from './ImportOptions.js';
import { equalizeChannels } from './equalizeChannels.js';
import { fileOf, type ModelSource } from './ModelSource.js';
import { networkFacts } from './networkFacts.js';
import type { ImportedModel } from './ImportReport.js';
import { nameEnds } from './passes/nameEnds.js';
import { simplify } from './passes/simplify.js';
import { slowLayers } from './slowLayers.js';
import { readModelFile } from './readModelFile.js';
import { ProgressTeller } from './ProgressTeller.js';
import { runSteps } from './runSteps.js';
import { writeFolder } from './writeFolder.js';

/**
 * Makes a model folder of a file of another framework: reads it, simplifies the network, compares it layer by layer with what was read,
 * stores the weights in few bits, and compares again.
 * @throws VisavisError `import-failed` that names the layer, tensor or byte that is wrong with the file; `aborted`. TypeError or RangeError
 *   for options that are none
 */
export async function importModel(source: ModelSource, options: ImportOptions): Promise<ImportedModel> {
  assertImportOptions(options);
  const { signal, quantize = 'mixed8', normalize = { mean: 127.5, scale: 127.5 } } = options;
  const swap = options.channels === 'bgr';
  const teller = new ProgressTeller(options.onProgress);
  const at = (stage: ImportProgress['stage']) => teller.at(stage);
  throwIfAborted(signal);
  at('read')(0);
  const file = await fileOf(source);
  const imported = await readModelFile(file, options);
  at('simplify')(0);
  return asImportError(async () => {
    const simplified = simplify(imported, { swap, scalable: normalize !== 'per-image' });
    const named = nameEnds(simplified.network);
    const size = sizeOfInput(named.graph.nodes.get(named.input)!.attributes.shape);
    // What the network was fed while it learned is not known: a picture with both ripples and noise moves every layer.
    const pattern = goldenPattern(size);
    const random = seededRandom(1);
    const picture = normalized(
      pattern.map((v) => 0.7 * v + 0.3 * (2 * random() - 1)),
      normalize,
    );
    const control = (stage: ImportProgress['stage']) => ({ onStep: at(stage), signal });
    const check = await checkLayers(simplified, picture, swap, control('check'));
    const graph = quantize === 'mixed8' ? equalizeChannels(named.graph) : named.graph;
    const chosen = await chooseForms(graph, quantize, [{ picture: check.fed, embedding: check.embedding }], control('store'));
    at('write')(0);
    const written = writeGraph(graph, (name) => chosen.stored.get(name)!.encoded);
    const input = { [named.input]: { shape: [1, size, size, 3], values: pattern } };
    const [result] = await runSteps(interpretSteps(chosen.graph, input, [named.output]), control('write'));
    const golden = result!.values as Float32Array;
    const facts = networkFacts(chosen.graph, [named.output]);
    const report = {
      format: imported.format,
      architecture: imported.architecture ?? 'unknown',
      inputSize: size,
      embeddingSize: golden.length,
      layersCompared: check.layers,
      largestDifference: check.difference,
      storedCosine: Math.min(...chosen.cosines),
      ...facts,
      notes: [...imported.notes, ...scaledTwice(imported, normalize), ...slowLayers(graph, named.output)],
    };
    const { scale, offset } = simplified;
    const files = await writeFolder({ file, written, golden, report, options: { ...options, normalize, quantize }, scale, offset });
    at('write')(1);
    return { files, report: { ...report, bytes: [...files.values()].reduce((sum, { length }) => sum + length, 0) } };
  }).catch((error: unknown) => {
    throw teller.cause(error);
  });
}

/**
 * A picture of values from −1 to 1, black to white, as the network is fed it. One that is standardized by itself has values of about that size:
 * it is left as it is.
 */
function normalized(picture: Float32Array, normalize: Normalization): Float32Array {
  if (normalize === 'per-image') return picture;
  const [factor, shift] = [127.5 / normalize.scale, (127.5 - normalize.mean) / normalize.scale];
  return picture.map((v) => v * factor + shift);
}

/** Operations by which a network normalizes its picture itself, as those of MXNet and Keras' Rescaling do. */
const SCALING = ['Mul', 'AddV2', 'Sub', 'RealDiv'];

/** Such a network is mostly meant to be fed levels from 0 to 255. */
function scaledTwice({ graph, input }: ImportedGraph, normalize: Normalization): string[] {
  const readers = [...graph.nodes.values()].filter(({ inputs }) => inputs.includes(input));
  const isPlain = typeof normalize === 'object' && normalize.mean === 0 && normalize.scale === 1;
  if (isPlain || readers.length !== 1 || !SCALING.includes(readers[0]!.op)) return [];
  return [
    `The network scales its picture itself (${readers[0]!.name}), after the normalization that was asked for. If it expects levels from 0 to 255, import it with a mean of 0 and a scale of 1 (--normalize 0,1).`,
  ];
}

function sizeOfInput(shape: unknown): number {
  return (shape as { readonly shape: readonly number[] }).shape[1]!;
}
