import { importFailed } from '../importFailed.js';
import type { KerasModel, KerasTensor } from './KerasModel.js';

/** Which of a model's outputs is the embedding: the only one, or, of several (training models have a classifier too), the one called so. */
export function embeddingOf({ name, outputs }: KerasModel): { readonly output: KerasTensor; readonly notes: string[] } {
  const [first, ...more] = outputs;
  if (!first) throw importFailed(`The model ${name} has no output.`);
  if (more.length === 0) return { output: first, notes: [] };
  const named = outputs.filter(({ layer }) => /embedding/i.test(layer));
  const list = outputs.map(({ layer }) => layer).join(', ');
  if (named.length !== 1) throw importFailed(`The model ${name} has several outputs (${list}): save one that has the embedding alone.`);
  return { output: named[0]!, notes: [`Of the outputs ${list}, ${named[0]!.layer} was taken; the others were left out.`] };
}
