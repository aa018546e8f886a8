import { afterEach, expect, it, vi } from 'vitest';
import { ENGINE_ASSETS } from '../../../e2e/fixtures/engineAssets.js';
import { backendStarters } from './openBackend.js';

const namesOf = (choice: Parameters<typeof backendStarters>[0]) => backendStarters(choice, ENGINE_ASSETS).map(({ name }) => name);

afterEach(() => vi.restoreAllMocks());

it('tries WASM first, and for `auto` then WebGL', () => {
  // This thread is the page's own, which may not wait for others.
  expect(namesOf('wasm')).toEqual(['kernels', 'tfjs']);
  expect(namesOf('auto')).toEqual(['kernels', 'tfjs', 'webgl']);
  expect(namesOf('webgl')).toEqual(['webgl']);
  expect(namesOf('webgpu')).toEqual(['webgpu']);
});

it.each([
  ['software', 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)', true],
  ['a graphics card', 'ANGLE (Apple, ANGLE Metal Renderer: Apple M2)', false],
])('lets `auto` run WebGL on hardware only: %s', async (_name, renderer, refused) => {
  vi.spyOn(WebGL2RenderingContext.prototype, 'getParameter').mockImplementation(() => renderer);
  // What TensorFlow.js makes of a context that answers everything so is of no interest here.
  const outcome = await backendStarters('auto', ENGINE_ASSETS)
    .at(-1)!
    .start()
    .catch((error: unknown) => error);
  expect(outcome instanceof Error && outcome.message.startsWith('no graphics card stands behind WebGL')).toBe(refused);
});
