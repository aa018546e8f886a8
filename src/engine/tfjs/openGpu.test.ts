import { beforeEach, expect, it, vi } from 'vitest';
import { openGpu } from './openGpu.js';
import { startWebgl, stopWebgl } from './webglBackend.js';
import { stopWebgpu } from './webgpuBackend.js';

const handle = { isLost: () => false };
vi.mock('./webglBackend.js', () => ({ startWebgl: vi.fn(() => Promise.resolve(handle)), stopWebgl: vi.fn() }));
vi.mock('./webgpuBackend.js', () => ({ startWebgpu: vi.fn(() => Promise.resolve(handle)), stopWebgpu: vi.fn() }));
vi.mock('./tfjsRuntime.js', () => ({ tfjsRuntime: () => ({ dispose: () => undefined }) }));

beforeEach(() => {
  vi.clearAllMocks();
});

it('gives a GPU back when the last that uses it goes, and counts nobody twice', async () => {
  const [first, second, other] = [await openGpu('webgl'), await openGpu('webgl'), await openGpu('webgpu')];
  first.runtime.dispose();
  first.runtime.dispose();
  expect(stopWebgl).not.toHaveBeenCalled();
  second.runtime.dispose();
  expect(stopWebgl).toHaveBeenCalledOnce();
  expect(stopWebgpu).not.toHaveBeenCalled();
  other.runtime.dispose();
  expect(stopWebgpu).toHaveBeenCalledOnce();
});

it('counts one that is still starting, and one that does not start no longer', async () => {
  const first = await openGpu('webgl');
  let fail: (error: Error) => void = () => undefined;
  vi.mocked(startWebgl).mockReturnValueOnce(new Promise((_, reject) => (fail = reject)));
  const second = openGpu('webgl');
  first.runtime.dispose();
  expect(stopWebgl).not.toHaveBeenCalled();
  fail(new Error('no context'));
  await expect(second).rejects.toThrow('no context');
  expect(stopWebgl).toHaveBeenCalledOnce();
});
