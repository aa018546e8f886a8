import type { FileReader } from '../FileReader.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { importFailed } from '../importFailed.js';
import type { ModelFile } from '../ModelFile.js';
import type { ReadOptions } from '../ReadOptions.js';
import { Branches } from './Branches.js';
import { findOutput } from './findOutput.js';
import { FrozenGraph } from './FrozenGraph.js';
import { inputSizeOf } from './inputSizeOf.js';
import { orderReads } from './orderReads.js';
import { TensorDecoder } from './TensorDecoder.js';
import { translateGraph } from './translateGraph.js';

/** How facenet calls its input, whatever feeds it. */
const USUAL_INPUT = 'input';
/** The scope of facenet's networks: their graphs do not say that they take 160 pixels. */
const FACENET = [
  ['InceptionResnetV1/', 'Inception-ResNet-v1'],
  ['InceptionResnetV2/', 'Inception-ResNet-v2'],
] as const;
const FACENET_SIZE = 160;

/** TensorFlow's frozen graphs: a GraphDef whose variables are constants, as `freeze_graph` and davidsandberg/facenet export them. */
export const tensorflowReader: FileReader = {
  name: 'TensorFlow frozen graph',
  matches: ({ name, bytes }) => /\.pb$/i.test(name) || beginsWithNode(bytes),
  read: (file, options) => Promise.resolve().then(() => read(file, options)),
};

function read({ name, bytes }: ModelFile, options: ReadOptions): ImportedGraph {
  // Of a SavedModel the first field is its schema's version.
  if (bytes[0] === 0x08)
    throw importFailed(`${name} is a SavedModel, not a frozen graph: freeze it (freeze_graph), or convert it to TensorFlow Lite.`);
  const graph = new FrozenGraph(bytes);
  const decoder = new TensorDecoder();
  const branches = new Branches(graph, decoder);
  const facenet = FACENET.find(([scope]) => [...graph.nodes.keys()].some((node) => node.startsWith(scope)));
  const cut = graph.nodes.get(USUAL_INPUT);
  const ordered = orderReads(graph, branches, cut, findOutput(graph, branches));
  const size = inputSizeOf(ordered.input, options, facenet && FACENET_SIZE);
  const { builder, input, output } = translateGraph(ordered, size, { graph, branches, decoder });
  const notes = [...branches.assumed].map((flag) => `The flag ${flag} was read as false: the network as it is outside of training.`);
  if (cut && cut.inputs.length > 0) notes.push(`The graph was cut at ${cut.name}: what feeds it in training was left out.`);
  return { graph: builder.graph, input, output, format: tensorflowReader.name, architecture: facenet?.[1], notes };
}

/** Whether the first field is a NodeDef that begins with a name and an operation, which no other format has. */
function beginsWithNode(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x0a) return false;
  let at = 1;
  while (at < 6 && (bytes[at] ?? 0) >= 0x80) at++;
  const length = bytes[at + 2] ?? 0;
  return bytes[at + 1] === 0x0a && length > 0 && length < 0x80 && bytes[at + 3 + length] === 0x12;
}
