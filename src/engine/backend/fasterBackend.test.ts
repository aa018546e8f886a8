import { describe, expect, it, vi } from 'vitest';
import type { Backend } from '../../shared/options.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { fasterBackend, type Candidate } from './fasterBackend.js';
import type { RememberedBackend } from './rememberedBackend.js';
import type { Started } from '../startPipeline.js';

function memory(start: Backend | null): RememberedBackend & { now: Backend | null } {
  const box = { now: start, read: () => Promise.resolve(box.now), write: (b: Backend) => Promise.resolve(void (box.now = b)) };
  return box;
}

const NOT_LOADED = new Error('TensorFlow.js could not be loaded');
const WRONG = new VisavisError('backend-unavailable', 'webgl computes wrongly');

/** A candidate that takes so many milliseconds, or fails. */
function candidate(backend: Backend, ms: number, { hardware = true, fault }: { hardware?: boolean; fault?: Error } = {}) {
  const dispose = vi.fn();
  const started = { ms, built: { dispose }, backend: { backend, runtime: { dispose } } } as unknown as Started & { ms: number };
  const start = vi.fn(() => (fault ? Promise.reject(fault) : Promise.resolve(started)));
  return { backend, isHardware: () => Promise.resolve(hardware), start, dispose, started } satisfies Candidate & Record<string, unknown>;
}

function run(candidates: ReturnType<typeof candidate>[], remembered: RememberedBackend, ours = 20, isOver?: () => boolean) {
  const timeOf = (built: unknown) => Promise.resolve(candidates.find(({ started }) => started.built === built)!.started.ms);
  return fasterBackend(candidates, () => Promise.resolve(ours), remembered, isOver, timeOf);
}

describe('fasterBackend', () => {
  it('gives the first that is clearly faster, and remembers it', async () => {
    const [gpu, gl] = [candidate('webgl', 19), candidate('webgl', 5)];
    const box = memory(null);
    expect(await run([gpu, gl], box)).toBe(gl.started);
    expect(gpu.dispose).toHaveBeenCalledTimes(2);
    expect(gl.dispose).not.toHaveBeenCalled();
    expect(box.now).toBe('webgl');
  });

  it.each([
    ['is slower', candidate('webgl', 17)],
    ['computes wrongly', candidate('webgl', 1, { fault: WRONG })],
  ])('stays, and remembers that, where what there is %s', async (_how, gpu) => {
    const box = memory(null);
    expect(await run([candidate('webgpu', 1, { fault: NOT_LOADED }), gpu], box)).toBeNull();
    expect(box.now).toBe('wasm');
    const never = candidate('webgl', 1);
    expect(await run([never], box)).toBeNull();
    expect(never.start).not.toHaveBeenCalled();
  });

  it('does not start software, and asks again another time', async () => {
    const software = candidate('webgl', 1, { hardware: false });
    const box = memory(null);
    expect(await run([software], box)).toBeNull();
    expect(software.start).not.toHaveBeenCalled();
    expect(box.now).toBeNull();
  });

  it('remembers nothing, and starts nothing more, once the engine has ended', async () => {
    const [first, second] = [candidate('webgl', 1), candidate('webgl', 1)];
    const box = memory(null);
    expect(await run([first, second], box, 20, () => first.start.mock.calls.length > 0)).toBeNull();
    expect(first.dispose).toHaveBeenCalledTimes(2);
    expect(second.start).not.toHaveBeenCalled();
    expect(box.now).toBeNull();
  });

  it('starts what was found before without measuring, and forgets it where it computes wrongly now', async () => {
    const slowToday = candidate('webgl', 99);
    expect(await run([slowToday], memory('webgl'))).toBe(slowToday.started);
    const broken = memory('webgl');
    expect(await run([candidate('webgl', 1, { fault: WRONG })], broken)).toBeNull();
    expect(broken.now).toBe('wasm');
  });

  it.each([null, 'webgl'] as const)('leaves %s in its memory where nothing was found out: a file may not have loaded', async (before) => {
    const box = memory(before);
    expect(await run([candidate('webgl', 1, { fault: NOT_LOADED })], box)).toBeNull();
    expect(box.now).toBe(before);
  });
});
