import { afterEach, expect, it, vi } from 'vitest';
import { hasHardwareWebgpu } from './hasHardwareWebgpu.js';

/** A browser whose WebGPU answers so. */
const answer = (requestAdapter: () => unknown) =>
  vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve().then(requestAdapter) } });
const adapter = (info: Partial<GPUAdapterInfo>) => ({
  info: { isFallbackAdapter: false, vendor: '', architecture: '', device: '', description: '', ...info },
});

afterEach(() => vi.unstubAllGlobals());

it('knows a GPU', async () => {
  answer(() => adapter({ vendor: 'nvidia', architecture: 'hopper' }));
  expect(await hasHardwareWebgpu()).toBe(true);
});

it.each([
  ['a fallback adapter', () => adapter({ isFallbackAdapter: true, vendor: 'intel' })],
  ['SwiftShader', () => adapter({ vendor: 'google', architecture: 'swiftshader' })],
  ['a rasterizer that only its description names', () => adapter({ description: 'llvmpipe (LLVM 15.0.6, 256 bits)' })],
  ['no adapter', () => null],
  ['a failing driver', () => expect.unreachable()],
])('takes %s for none', async (_name, requestAdapter) => {
  answer(requestAdapter);
  expect(await hasHardwareWebgpu()).toBe(false);
});

it('takes a browser without WebGPU for none', async () => {
  vi.stubGlobal('navigator', {});
  expect(await hasHardwareWebgpu()).toBe(false);
});
