import { afterEach, expect, it, vi } from 'vitest';
import { inTurn } from './inTurn.js';

afterEach(() => vi.unstubAllGlobals());

const error = () => {
  throw new Error('own');
};

it.each<[string, unknown]>([
  ['there are no locks', {}],
  ['they are refused', { locks: { request: () => Promise.reject(new DOMException('sandboxed', 'SecurityError')) } }],
  [
    'somebody keeps the lock',
    {
      locks: {
        request: (_: string, { signal }: LockOptions) =>
          new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(new DOMException('late', 'TimeoutError')))),
      },
    },
  ],
  ['it is its turn', { locks: { request: (_name: string, _options: unknown, task: () => unknown) => Promise.resolve().then(task) } }],
])('does it once where %s, and passes on what it throws', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator);
  const task = vi.fn();
  await inTurn(task);
  expect(task).toHaveBeenCalledTimes(1);
  const failing = vi.fn(error);
  await expect(inTurn(failing)).rejects.toThrow('own');
  expect(failing).toHaveBeenCalledTimes(1);
});

it('never does two at once', async () => {
  let held: Promise<unknown> = Promise.resolve();
  const request = (_: string, _options: unknown, task: () => unknown) => (held = held.then(task));
  vi.stubGlobal('navigator', { locks: { request } });
  const order: string[] = [];
  const one = inTurn(() => void order.push('one'));
  const two = inTurn(() => void order.push('two'));
  await Promise.all([one, two]);
  expect(order).toEqual(['one', 'two']);
});
