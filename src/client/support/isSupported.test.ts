import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SUPPORT_FEATURES, type SupportFeature, type SupportValue } from '../../shared/support.js';
import { isSupported } from './isSupported.js';
import { SUPPORT_ROWS } from './supportRows.js';

const GL = {
  getExtension: (name: string) =>
    name === 'WEBGL_debug_renderer_info' ? { UNMASKED_RENDERER_WEBGL: 1 } : { loseContext: () => undefined },
  getParameter: () => 'NVIDIA GeForce',
};
const canvasWith = (gl: unknown) =>
  class {
    getContext(name: string) {
      return name === 'webgl2' ? gl : null;
    }
  };
const adapter = (info: object) => ({ requestAdapter: () => Promise.resolve({ info }) });
const cameras = (...kinds: string[]) => ({
  getUserMedia: () => expect.unreachable(),
  enumerateDevices: () => Promise.resolve(kinds.map((kind) => ({ kind }))),
});
const permission = (state: string) => ({ query: () => Promise.resolve({ state }) });

/** IndexedDB as a browser's: the upgrade begins, and ends as it does when it is called off. */
const database = (works: boolean) => ({
  open: () => {
    const request = { transaction: { abort: vi.fn() }, onupgradeneeded: () => undefined, onerror: (_event: object) => undefined };
    queueMicrotask(() => {
      if (works) request.onupgradeneeded();
      request.onerror({ preventDefault: () => undefined });
    });
    return request;
  },
});

/** A page in a browser that can do everything. */
function openPage(changed: Record<string, unknown> = {}, navigatorChanged: Record<string, unknown> = {}): void {
  const globals = {
    document: {},
    window: {},
    isSecureContext: true,
    crossOriginIsolated: true,
    Worker: () => undefined,
    OffscreenCanvas: canvasWith(GL),
    indexedDB: database(true),
    navigator: {
      hardwareConcurrency: 8,
      gpu: adapter({ isFallbackAdapter: false, vendor: 'nvidia' }),
      mediaDevices: cameras('audioinput', 'videoinput'),
      permissions: permission('prompt'),
      ...navigatorChanged,
    },
    ...changed,
  };
  // The page is in no frame.
  Object.assign(globals.window, { parent: globals.window });
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
}

const valuesOf = async () => {
  const { features } = await isSupported();
  return Object.fromEntries(SUPPORT_FEATURES.map((name) => [name, features[name].value]));
};

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('finds everything in a browser that can do everything', async () => {
  openPage();
  const support = await isSupported();
  expect(support).toMatchObject({ ok: true, message: 'visavis can verify faces here.' });
  expect(Object.keys(support.features)).toEqual([...SUPPORT_FEATURES]);
  const wrong = Object.entries(support.features).filter(([name, { ok }]) => !ok && name !== 'relaxedSimd');
  expect(wrong).toEqual([]);
  expect(support.features.camera.value).toBe('prompt');
});

it('answers without a DOM, as in Node and on a server', async () => {
  const { ok, message, features } = await isSupported();
  expect(ok).toBe(false);
  expect(message).toMatch(/^This is no page/);
  expect(features.webAssembly.ok).toBe(true);
  expect([features.camera.value, features.indexedDB.value, features.webgl.value, features.workers.value]).toEqual(['no', 'no', 'no', 'no']);
});

describe('one thing amiss', () => {
  const denied = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  const policy = { featurePolicy: { allowsFeature: () => false } };
  class CompileError extends Error {}
  const Module = function () {
    throw new CompileError('disallowed by embedder');
  };
  const cases: [name: string, feature: SupportFeature, value: SupportValue, ok: boolean, open: () => void][] = [
    ['plain HTTP', 'secureContext', 'no', true, () => openPage({ isSecureContext: false })],
    ['no cryptography', 'webCrypto', 'no', false, () => openPage({ crypto: {} })],
    ['no WebAssembly, but a graphics card', 'webAssembly', 'no', true, () => openPage({ WebAssembly: undefined })],
    ['WebAssembly under a policy', 'webAssembly', 'forbidden', true, () => openPage({ WebAssembly: { Module, CompileError } })],
    ['no isolation', 'threads', 'not-isolated', true, () => openPage({ crossOriginIsolated: false })],
    ['one core', 'threads', 'one-core', true, () => openPage({}, { hardwareConcurrency: 1 })],
    ['no OffscreenCanvas', 'workers', 'no', true, () => openPage({ OffscreenCanvas: undefined, document: { createElement: () => null } })],
    [
      'a rasterizer',
      'webgl',
      'software',
      true,
      () => openPage({ OffscreenCanvas: canvasWith({ ...GL, getParameter: () => 'SwiftShader' }) }),
    ],
    ['WebGL switched off', 'webgl', 'no', true, () => openPage({ OffscreenCanvas: canvasWith(null) })],
    ['a fallback adapter', 'webgpu', 'software', true, () => openPage({}, { gpu: adapter({ isFallbackAdapter: true }) })],
    ['no WebGPU', 'webgpu', 'no', true, () => openPage({}, { gpu: undefined })],
    ['a browser that stores nothing', 'indexedDB', 'forbidden', true, () => openPage({ indexedDB: database(false) })],
    ['a frame that may not store', 'indexedDB', 'forbidden', true, () => openPage({ indexedDB: { open: denied } })],
    ['an allowed camera', 'camera', 'granted', true, () => openPage({}, { permissions: permission('granted') })],
    ['a refused camera', 'camera', 'denied', true, () => openPage({}, { permissions: permission('denied') })],
    ['a policy against cameras', 'camera', 'forbidden', true, () => openPage({ document: policy })],
    ['no camera', 'camera', 'missing', true, () => openPage({}, { mediaDevices: cameras('audioinput') })],
    [
      'a browser without such a permission',
      'camera',
      'prompt',
      true,
      () => openPage({}, { permissions: { query: () => Promise.reject(new TypeError()) } }),
    ],
    ['no getUserMedia', 'camera', 'no', true, () => openPage({}, { mediaDevices: undefined })],
    ['plain HTTP, of the camera', 'camera', 'insecure', true, () => openPage({ isSecureContext: false })],
  ];
  it.each(cases)('%s: %s is %s', async (_name, feature, value, ok, open) => {
    open();
    const support = await isSupported();
    expect([support.features[feature].value, support.ok]).toEqual([value, ok]);
    if (!ok) expect(support.message).toBe(support.features[feature].message);
  });
});

it('computes nowhere without WebAssembly and without a graphics card', async () => {
  openPage({ WebAssembly: undefined, OffscreenCanvas: canvasWith({ ...GL, getParameter: () => 'llvmpipe' }) });
  const { ok, message } = await isSupported();
  expect([ok, message]).toEqual([false, SUPPORT_ROWS.webAssembly.says.no![1]]);
});

describe('what a browser does not answer', () => {
  beforeEach(() => vi.useFakeTimers());

  it('counts as missing after a while', async () => {
    const never = () => new Promise(() => undefined);
    openPage(
      { indexedDB: { open: () => ({}) } },
      { gpu: { requestAdapter: never }, mediaDevices: { ...cameras(), enumerateDevices: never } },
    );
    const values = valuesOf();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await values).toMatchObject({ webgpu: 'no', indexedDB: 'forbidden', camera: 'no', webgl: 'hardware' });
  });
});

it('never rejects, whatever is broken', async () => {
  const broken = new Proxy({}, { get: () => expect.unreachable(), has: () => true });
  openPage({ navigator: broken, indexedDB: broken, OffscreenCanvas: broken, crypto: broken, WebAssembly: broken, document: broken });
  const { ok, features } = await isSupported();
  expect(ok).toBe(false);
  expect(Object.values(features).every(({ message }) => message.length > 20)).toBe(true);
});

it('has a sentence for everything that a probe may find, and for one that fails', () => {
  for (const [name, { says, failed = 'no' }] of Object.entries(SUPPORT_ROWS)) {
    expect(says[failed], name).toBeDefined();
    expect(says[failed]![0], name).toBe(false);
    for (const [, message] of Object.values(says)) expect(message, name).toMatch(/^[A-Z].*[.]$/);
  }
});
