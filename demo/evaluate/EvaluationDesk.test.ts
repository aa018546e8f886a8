import { expect, it } from 'vitest';
import type { EngineHost } from '../engine/EngineHost.js';
import { createPageStore } from '../state/PageState.js';
import { EvaluationDesk } from './EvaluationDesk.js';
import { createEvaluationStore } from './EvaluationState.js';
import type { PairStatistics } from './PairStatistics.js';

const photo = (path: string) => ({ file: new File(['x'], path.split('/').pop()!, { type: 'image/jpeg' }), path });
const folder = (name: string) => ['ann', 'ben'].flatMap((person) => [1, 2].map((i) => photo(`${name}/${person}/${i}.jpg`)));

it('says that a folder which came while another was read is left out', async () => {
  const evaluation = createEvaluationStore();
  const host = { ready: () => new Promise(() => undefined) } as unknown as EngineHost;
  const desk = new EvaluationDesk(createPageStore(), evaluation, host, {} as unknown as PairStatistics);
  void desk.take(folder('first'));
  await desk.take(folder('second'));
  await desk.take(folder('third'));
  // The first folder's own notes come later, and replace nothing.
  await new Promise((resolve) => setTimeout(resolve));
  expect(evaluation.state).toMatchObject({ phase: 'reading', setName: 'first' });
  expect(evaluation.state.notes.filter((note) => note.includes('Add it again'))).toHaveLength(1);
});
