import { afterEach, expect, it, vi } from 'vitest';
import { webgpuKind } from './webgpuKind.js';

/** A browser whose WebGPU answers so. */
const answer = (requestAdapter: () => unknown) =>
  vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve().then(requestAdapter) } });
const adapter = (info: Partial<GPUAdapterInfo>) => ({
  info: { isFallbackAdapter: false, vendor: '', architecture: '', device: '', description: '', ...info },
});

afterEach(() => vi.unstubAllGlobals());

it('knows a GPU', async () => {
  answer(() => adapter({ vendor: 'nvidia', architecture: 'hopper' }));
  expect(await webgpuKind()).toBe('hardware');
});

it.each([
  ['software', 'a fallback adapter', () => adapter({ isFallbackAdapter: true, vendor: 'intel' })],
  ['software', 'SwiftShader', () => adapter({ vendor: 'google', architecture: 'swiftshader' })],
  ['software', 'a rasterizer that only its description names', () => adapter({ description: 'llvmpipe (LLVM 15.0.6, 256 bits)' })],
  ['none', 'no adapter', () => null],
  ['none', 'a failing driver', () => expect.unreachable()],
])('says %s of %s', async (kind, _name, requestAdapter) => {
  answer(requestAdapter);
  expect(await webgpuKind()).toBe(kind);
});

it('says none of a browser without WebGPU', async () => {
  vi.stubGlobal('navigator', {});
  expect(await webgpuKind()).toBe('none');
});
