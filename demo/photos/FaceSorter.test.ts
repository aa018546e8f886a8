import { beforeEach, expect, it, vi } from 'vitest';
import { FaceSorter } from './FaceSorter.js';
import type { SortRequest } from './sortWorker.js';

/** The worker that was started last; it does nothing by itself. */
let worker: EventTarget;
const asked = vi.fn<(request: SortRequest) => void>();

beforeEach(() => {
  asked.mockReset();
  vi.stubGlobal(
    'Worker',
    class extends EventTarget {
      constructor() {
        super();
        // eslint-disable-next-line @typescript-eslint/no-this-alias -- what the test sends events to
        worker = this;
      }
      postMessage = asked;
    },
  );
});

const faces = [
  [1, 0],
  [0, 1],
  [1, 0],
].map((values) => new Float32Array(values));
const answer = (id: number, labels: Int32Array) => worker.dispatchEvent(new MessageEvent('message', { data: { id, labels } }));

it('has faces sorted by its worker, and the last call alone', async () => {
  const sorter = new FaceSorter();
  const [first, second] = [sorter.sort(faces, 0.5), sorter.sort(faces, 0.6)];
  expect(asked.mock.calls.map(([{ threshold }]) => threshold)).toEqual([0.5, 0.6]);
  const labels = new Int32Array([4]);
  answer(1, new Int32Array(1));
  answer(2, labels);
  expect(await Promise.all([first, second])).toEqual([null, labels]);
});

it('sorts in the page once its worker has failed, also what it was asked for', async () => {
  const sorter = new FaceSorter();
  const asked = [sorter.sort(faces, 0.5), sorter.sort(faces, 0.6)];
  worker.dispatchEvent(new Event('error'));
  const sorted = new Int32Array([0, 1, 0]);
  expect(await Promise.all([...asked, sorter.sort(faces, 0.7)])).toEqual([null, null, sorted]);
  expect(await sorter.sort(faces, 0.7)).toEqual(sorted);
});
