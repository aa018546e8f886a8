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

it('waits until whoever has the lock lets go of it, and has it while it does its own', async () => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let hasLock = false;
  const request = vi.fn(async (_name: string, _options: unknown, task: () => unknown) => {
    await held;
    hasLock = true;
    await task();
    hasLock = false;
  });
  vi.stubGlobal('navigator', { locks: { request } });
  const task = vi.fn(() => expect(hasLock).toBe(true));
  const done = inTurn(task);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(task).not.toHaveBeenCalled();
  letGo();
  await done;
  expect(task).toHaveBeenCalledOnce();
  // The same for every engine of the origin.
  expect(request.mock.calls.map(([name]) => name)).toEqual(['visavis-helpers']);
});
