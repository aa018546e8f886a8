import { afterEach, expect, it, vi } from 'vitest';
import { assertWasmAllowed } from './assertWasmAllowed.js';

afterEach(() => vi.unstubAllGlobals());

it('is content here', () => expect(assertWasmAllowed).not.toThrow());

it('tells a browser without WebAssembly from a page that forbids it', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(assertWasmAllowed).toThrow('this browser has no WebAssembly');
  const Module = function () {
    throw new Error('violates the policy');
  };
  vi.stubGlobal('WebAssembly', { Module });
  expect(assertWasmAllowed).toThrow(/'wasm-unsafe-eval'.*violates the policy/);
});
