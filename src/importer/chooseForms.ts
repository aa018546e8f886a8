import type { Graph } from '../graph/Graph.js';
import { interpretSteps } from '../graph/interpret.js';
import { compareEmbeddings } from './compareEmbeddings.js';
import type { Quantization } from './ImportOptions.js';
import { importFailed } from './importFailed.js';
import { isDepthwise } from './isDepthwise.js';
import { runSteps } from './runSteps.js';
import { storeWeights, type StoredWeights } from './storeWeights.js';

/** The least cosine between the embeddings of rounded and exact weights. */
const NEAR = { mixed8: 0.9995, float16: 0.9999, none: 0.999_99 } as const;
/**
 * What is near enough in 8 bits, and with 16 where even these are not nearer: narrow networks are that sensitive. The picture that is tried is
 * no face, and moves embeddings more than faces do. The report says how near it is.
 */
const NEAR_ENOUGH = { ...NEAR, mixed8: 0.995 } as const;
/** Networks with fewer values are small in any form: they get 16 bits until they are as near as `NEAR` says. */
const SMALL = 1 << 18;

/** A picture as the network is fed it, [size, size, 3], and what the exact weights give for it. */
export interface Probe {
  readonly picture: Float32Array;
  readonly embedding: Float32Array;
}

export interface ChosenForms {
  readonly stored: StoredWeights;
  /** The graph with its weights as whoever loads it will have them. */
  readonly graph: Graph;
  /** Cosine of rounded to exact, for each probe. */
  readonly cosines: readonly number[];
}

/**
 * Stores weights in as few bits as leave the embedding where it is. Depthwise filters are a twentieth of a network and each of their channels
 * has a range of its own: they have 16 bits from the start. If 8 bits for all other large tensors move the embedding too far, those that lose
 * most get 16 too, one, then two, then four, until it is near enough.
 * @throws VisavisError `import-failed` if even that is too little
 */
export async function chooseForms(
  graph: Graph,
  quantize: Quantization,
  probes: readonly Probe[],
  control: { readonly onStep?: (done: number) => void; readonly signal?: AbortSignal },
): Promise<ChosenForms> {
  const near = isSmall(graph) ? NEAR[quantize] : NEAR_ENOUGH[quantize];
  const depthwise = [...graph.nodes.values()].flatMap(({ op, inputs }) => (isDepthwise(op) ? inputs[1]! : []));
  let stored: StoredWeights | undefined;
  for (let exempted = 0; ;) {
    const worst: string[] = stored ? inBytes(stored).slice(0, exempted) : [];
    const exempt = new Set([...depthwise, ...inSixteen(stored), ...worst]);
    stored = await runSteps(storeWeights(graph, quantize, exempt, stored), control);
    const rounded = { ...graph, weights: new Map([...stored].map(([name, { tensor }]) => [name, tensor])) };
    const cosines: number[] = [];
    for (const { picture, embedding } of probes) {
      const size = Math.sqrt(picture.length / 3);
      const steps = interpretSteps(rounded, { input: { shape: [1, size, size, 3], values: picture } }, ['embedding']);
      const [result] = await runSteps(steps, control);
      cosines.push(compareEmbeddings(result!.values, embedding));
    }
    if (Math.min(...cosines) >= near) return { stored, graph: rounded, cosines };
    if (inBytes(stored).length === 0) {
      if (Math.min(...cosines) >= NEAR_ENOUGH[quantize]) return { stored, graph: rounded, cosines };
      throw importFailed(
        `Stored as ${quantize} the weights give other embeddings (cosine ${Math.min(...cosines).toFixed(5)}, at least ${NEAR_ENOUGH[quantize]} is expected). ` +
          (quantize === 'none' ? 'The network is too sensitive to rounding to be used.' : "Import them with 'none' for quantize."),
      );
    }
    exempted = Math.max(1, 2 * exempted);
  }
}

function isSmall({ weights }: Graph): boolean {
  return [...weights.values()].reduce((sum, { values }) => sum + values.length, 0) < SMALL;
}

/** Names of what is stored in 8 bits, that which loses most by it first. */
function inBytes(stored: StoredWeights): string[] {
  return [...stored]
    .filter(([, { form }]) => form === 'uint8')
    .sort(([, a], [, b]) => b.loss - a.loss)
    .map(([name]) => name);
}

/** Names of what has been given more bits. */
function inSixteen(stored: StoredWeights | undefined): string[] {
  return [...(stored ?? [])].flatMap(([name, { form }]) => (form === 'uint8' ? [] : [name]));
}
