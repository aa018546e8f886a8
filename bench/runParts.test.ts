import { afterEach, expect, it, vi } from 'vitest';
import { parseOptions } from './parseOptions.mjs';
import { runParts } from './runParts.mjs';

const close = vi.hoisted(() => vi.fn());
vi.mock('./openBench.mjs', () => ({ openBench: () => Promise.resolve({ browser: { version: () => '156' }, close }) }));
const modelFolder = vi.hoisted(() => vi.fn());
vi.mock('./folders.mjs', async (original) => ({ ...(await original<typeof import('./folders.mjs')>()), modelFolder }));
vi.mock('./parts/measureFrames.mjs', () => ({ measureFrames: () => Promise.resolve(['frames']) }));
vi.mock('./parts/measureMemory.mjs', () => ({ measureMemory: () => Promise.reject(new Error('the page was closed')) }));

afterEach(() => vi.clearAllMocks());

it('keeps what was found before a part failed', async () => {
  const { results, failure } = await runParts(parseOptions(['--only', 'frames,memory'])!, () => {});
  expect(results).toMatchObject({ browser: 'Chromium 156', frames: ['frames'] });
  expect(results).not.toHaveProperty('memory');
  expect(failure).toEqual(new Error('the page was closed'));
  expect(close).toHaveBeenCalledOnce();
});

it('has no failure where there was none', async () => {
  expect(await runParts(parseOptions(['--only', 'frames'])!, () => {})).toMatchObject({ results: { frames: ['frames'] }, failure: null });
});

it.each([['inception-160'], ['mobilefacenet-112'], ['faceplugin-112', 'mobilefacenet-112']])(
  'measures nothing where the documentation would lack %s',
  async (...missing: string[]) => {
    modelFolder.mockImplementation((id: string) => (missing.includes(id) ? '/there/is/no/such/folder' : import.meta.dirname));
    const log = vi.fn();
    await expect(runParts(parseOptions(['--docs', '--json', 'results.json'])!, log)).rejects.toThrow(`: ${missing.join(', ')}`);
    expect(log).not.toHaveBeenCalled();
  },
);
