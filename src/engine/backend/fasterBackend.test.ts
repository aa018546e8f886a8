import { describe, expect, it, vi } from 'vitest';
import type { Backend } from '../../shared/options.js';
import { fasterBackend, type Candidate } from './fasterBackend.js';
import type { RememberedBackend } from './rememberedBackend.js';
import type { Started } from '../startPipeline.js';

function memory(start: Backend | null): RememberedBackend & { now: Backend | null } {
  const box = { now: start, read: () => Promise.resolve(box.now), write: (b: Backend) => Promise.resolve(void (box.now = b)) };
  return box;
}

/** A candidate that takes so many milliseconds. */
function candidate(backend: Backend, ms: number, { hardware = true, works = true } = {}) {
  const dispose = vi.fn();
  const started = { ms, built: { dispose }, backend: { backend, runtime: { dispose } } } as unknown as Started & { ms: number };
  const start = vi.fn(() => (works ? Promise.resolve(started) : Promise.reject(new Error('no'))));
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

  it('stays, and remembers that, where nothing is faster or works', async () => {
    const box = memory(null);
    expect(await run([candidate('webgl', 17), candidate('webgl', 1, { works: false })], box)).toBeNull();
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

  it('starts what was found before without measuring, and forgets it where it fails now', async () => {
    const slowToday = candidate('webgl', 99);
    expect(await run([slowToday], memory('webgl'))).toBe(slowToday.started);
    const broken = memory('webgl');
    expect(await run([candidate('webgl', 1, { works: false })], broken)).toBeNull();
    expect(broken.now).toBe('wasm');
  });
});
