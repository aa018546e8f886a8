import { afterEach, describe, expect, it, vi } from 'vitest';
import { assertWasmAllowed, fetchWasm } from './fetchWasm.js';

const MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const PAGE = new TextEncoder().encode('<!doctype html><title>app</title>');

function answer(body: Uint8Array<ArrayBuffer>, type: string | null, status = 200): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status, headers: type === null ? {} : { 'content-type': type } })));
}

afterEach(() => vi.unstubAllGlobals());

describe('fetchWasm', () => {
  it.each([
    'application/wasm',
    'application/wasm; charset=utf-8',
    'application/wasm;',
    'Application/WASM',
    'application/octet-stream',
    'text/plain',
    'text/html',
    null,
  ])('takes WebAssembly whatever its server calls it: %s', async (type) => {
    answer(MODULE, type);
    expect(new Uint8Array(await fetchWasm('/kernels.wasm'))).toEqual(MODULE);
  });

  it.each([
    ['text/html; charset=utf-8', PAGE, 'a web page (text/html)'],
    ['application/wasm', PAGE, 'a web page (application/wasm)'],
    ['text/plain', new TextEncoder().encode('version https://git-lfs'), '23 bytes (text/plain)'],
    [null, new Uint8Array(0), '0 bytes that'],
  ])('names the address and what came instead (%s)', async (type, body, came) => {
    answer(body, type);
    const failure = fetchWasm('/kernels.wasm');
    await expect(failure).rejects.toThrow(`${location.origin}/kernels.wasm is no WebAssembly`);
    await expect(failure).rejects.toThrow(came);
  });

  it('says what the server answered', async () => {
    answer(PAGE, 'text/html', 404);
    await expect(fetchWasm('/kernels.wasm')).rejects.toThrow('/kernels.wasm could not be fetched: the server answered 404');
  });
});

describe('assertWasmAllowed', () => {
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
});
