import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Backend } from '../../shared/options.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { BuiltPipeline } from '../buildPipeline.js';
import type { Started } from '../startPipeline.js';
import { fasterBackend, type Candidate } from './fasterBackend.js';
import { NotLoaded } from './NotLoaded.js';
import type { RememberedBackend } from './rememberedBackend.js';

const DAY = 86_400_000;

/** What is remembered, and for how long. */
function memory(now: Backend | null): RememberedBackend & { now: Backend | null; forMs?: number } {
  const box: ReturnType<typeof memory> = {
    now,
    read: () => Promise.resolve(box.now),
    write: (backend, forMs) => Promise.resolve(void Object.assign(box, { now: backend, forMs })),
  };
  return box;
}

const NOT_LOADED = new NotLoaded('TensorFlow.js could not be loaded');
const WRONG = new VisavisError('backend-unavailable', 'webgl computes wrongly');
const CRASHED = new DOMException('the device was lost', 'AbortError');

type Behavior = Partial<{ hardware: boolean; fault: Error; runFault: Error; isLost: boolean }>;

/** A candidate whose runs take so many milliseconds, the last number for ever, or that fails. */
function candidate(backend: Backend, ms: number | number[], { hardware = true, fault, runFault, isLost = false }: Behavior = {}) {
  const dispose = vi.fn();
  const times = [ms].flat();
  const run = vi.fn(() => {
    if (runFault) throw runFault;
    return times.length > 1 ? times.shift()! : times[0];
  });
  const open = { backend, runtime: { dispose }, isLost: () => isLost };
  const started = { built: { dispose, run }, backend: open } as unknown as Started;
  const start = vi.fn(() => (fault ? Promise.reject(fault) : Promise.resolve(started)));
  return { backend, isHardware: () => Promise.resolve(hardware), start, dispose, run, started } satisfies Candidate &
    Record<string, unknown>;
}

const inUse = { run: vi.fn(() => 20) };

function run(candidates: Candidate[], remembered: RememberedBackend | null, isOver = () => false) {
  const timeOf = (built: unknown) => Promise.resolve().then((built as typeof inUse).run);
  return fasterBackend(candidates, inUse as unknown as BuiltPipeline, remembered, timeOf, isOver);
}

beforeEach(() => {
  inUse.run.mockReset();
});

describe('fasterBackend', () => {
  it('waits for a slow device: for its own runs, and for a GPU as long as for these', async () => {
    inUse.run.mockReturnValue(3000);
    const gpu = candidate('webgl', 1500);
    const timeOf = vi.fn((built: unknown, usual: number) => {
      const time = (built as typeof inUse).run();
      return time > Math.max(1000, usual) ? Promise.reject(new Error('too long')) : Promise.resolve(time);
    });
    expect(await fasterBackend([gpu], inUse as unknown as BuiltPipeline, null, timeOf, () => false)).toBe(gpu.started);
  });

  it('gives the first that is clearly faster, and remembers it', async () => {
    const [gpu, gl] = [candidate('webgl', 19), candidate('webgl', 5)];
    const box = memory(null);
    expect(await run([gpu, gl], box)).toBe(gl.started);
    expect(gpu.dispose).toHaveBeenCalledTimes(2);
    expect(gl.dispose).not.toHaveBeenCalled();
    expect(box).toMatchObject({ now: 'webgl', forMs: undefined });
    // What runs now was measured once.
    expect(inUse.run).toHaveBeenCalledTimes(6);
  });

  it('gives by the median of five runs after the first, which may take long', async () => {
    const gpu = candidate('webgl', [500, 39, 15, 39, 15, 15]);
    expect(await run([gpu], null)).toBe(gpu.started);
    expect(gpu.run).toHaveBeenCalledTimes(6);
    expect(await run([candidate('webgl', [1, 39, 39, 39, 1])], null)).toBeNull();
  });

  it('measures no further once three runs take too long, which decide the median', async () => {
    const gpu = candidate('webgl', [1, 40, 1, 17, 999, 1]);
    expect(await run([gpu], null)).toBeNull();
    expect(gpu.run).toHaveBeenCalledTimes(5);
    const halting = candidate('webgl', [1, 40, 1, 999, 1, 1]);
    expect(await run([halting], null)).toBe(halting.started);
  });

  it.each([
    ['for good', 'is slower', Infinity, candidate('webgl', 17)],
    ['for good', 'computes wrongly', Infinity, candidate('webgl', 1, { fault: WRONG })],
    ['for a day', 'crashes', DAY, candidate('webgl', 1, { fault: CRASHED })],
    ['for a day', 'takes too long for a run', DAY, candidate('webgl', 1, { runFault: new Error('a run took more than 1 s') })],
    ['for a day', 'is lost while it is measured', DAY, candidate('webgl', 1, { isLost: true })],
    ['for a day', 'is lost, which made it slow', DAY, candidate('webgl', 99, { isLost: true })],
  ])('stays, and remembers that %s, where what there is %s', async (_forHowLong, _how, forMs, gpu) => {
    const box = memory(null);
    expect(await run([gpu], box)).toBeNull();
    expect(box).toMatchObject({ now: 'wasm', forMs });
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
    expect(await run([first, second], box, () => first.start.mock.calls.length > 0)).toBeNull();
    expect(first.dispose).toHaveBeenCalledTimes(2);
    expect(second.start).not.toHaveBeenCalled();
    expect(box.now).toBeNull();
  });

  it('asks again after a day where one failed, whatever another was measured to be', async () => {
    const box = memory(null);
    expect(await run([candidate('webgpu', 1, { fault: CRASHED }), candidate('webgl', 17)], box)).toBeNull();
    expect(box).toMatchObject({ now: 'wasm', forMs: DAY });
  });

  it('starts what was found before without measuring', async () => {
    const slowToday = candidate('webgl', 99);
    expect(await run([slowToday], memory('webgl'))).toBe(slowToday.started);
  });

  it.each([
    ['computes wrongly', candidate('webgl', 1, { fault: WRONG })],
    ['crashes', candidate('webgl', 1, { fault: CRASHED })],
    ['is lost', candidate('webgl', 1, { isLost: true })],
  ])('leaves what was found before for a day where it %s now', async (_how, gpu) => {
    const box = memory('webgl');
    expect(await run([gpu], box)).toBeNull();
    expect(box).toMatchObject({ now: 'wasm', forMs: DAY });
  });

  it.each([
    ['nothing', []],
    ['that another is no faster', [candidate('webgl', 17)]],
  ])('asks again after a day where a file did not load, and it found out %s', async (_what, others) => {
    const box = memory(null);
    expect(await run([candidate('webgpu', 1, { fault: NOT_LOADED }), ...others], box)).toBeNull();
    expect(box).toMatchObject({ now: 'wasm', forMs: DAY });
  });

  it('forgets nothing because a file did not load', async () => {
    const box = memory('webgl');
    expect(await run([candidate('webgl', 1, { fault: NOT_LOADED })], box)).toBeNull();
    expect(box.now).toBe('webgl');
  });
});
