import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '../../../e2e/fixtures/patient.js';
import type { LoadRetry } from '../../shared/options.js';
import { download, type DownloadOptions } from './download.js';
import type { Answer as Arrived } from '../../shared/Answer.js';

const URL_ = 'https://models.example/weights.bin';
const drop = vi.fn();
const CONTENT = new TextEncoder().encode('the weights');

type Answer = Error | number | { status: number; retryAfter: string } | ReadableStream<Uint8Array<ArrayBuffer>> | 'content';

let signals: (AbortSignal | null | undefined)[] = [];

/** Answers requests one after the other, the last answer for ever. */
function answer(...answers: Answer[]): void {
  signals = [];
  vi.stubGlobal('fetch', (_url: string, init?: RequestInit) => {
    signals.push(init?.signal);
    const next = answers.length > 1 ? answers.shift()! : answers[0];
    if (next instanceof Error) return Promise.reject(next);
    if (next === 'content')
      return Promise.resolve(new Response(CONTENT, { headers: { 'content-type': 'Application/JSON; charset=utf-8' } }));
    if (next instanceof ReadableStream) return Promise.resolve(new Response(next));
    const { status, retryAfter } = typeof next === 'number' ? { status: next, retryAfter: null } : next;
    return Promise.resolve(new Response('no', { status, headers: retryAfter === null ? {} : { 'retry-after': retryAfter } }));
  });
}

/** Sends one chunk after each of the pauses, in seconds, and then nothing more, or ends. */
function stream(pauses: readonly number[], end: 'ends' | 'stalls'): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = [...pauses];
  return new ReadableStream(
    {
      async pull(controller) {
        if (left.length > 0) {
          await new Promise((resolve) => setTimeout(resolve, left.shift()! * 1000));
          controller.enqueue(Uint8Array.of(1, 2, 3));
        } else if (end === 'ends') controller.close();
        else await new Promise(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

interface Outcome {
  readonly settled: { value?: Arrived; error?: unknown } | null;
  readonly retries: LoadRetry[];
  readonly counted: number;
}

/** Starts a download whose outcome can be read at any time. */
function start(options: Partial<DownloadOptions> = {}): Outcome {
  const outcome: { settled: Outcome['settled']; retries: LoadRetry[]; counted: number } = { settled: null, retries: [], counted: 0 };
  download(URL_, {
    maxBytes: 100,
    onBytes: (bytes) => (outcome.counted += bytes),
    onRetry: (retry) => outcome.retries.push(retry),
    ...options,
  }).then(
    (value) => (outcome.settled = { value }),
    (error: unknown) => (outcome.settled = { error }),
  );
  return outcome;
}

/** Lets time pass; bodies are read by tasks that no fake timer knows. */
async function pass(seconds: number): Promise<void> {
  const channel = new MessageChannel();
  const breathe = async () => {
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => {
        channel.port1.onmessage = resolve;
        channel.port2.postMessage(null);
      });
    }
  };
  await breathe();
  for (let passed = 0; passed < seconds; passed += 0.5) {
    await vi.advanceTimersByTimeAsync(Math.min(500, (seconds - passed) * 1000));
    await breathe();
  }
  channel.port1.close();
}

/** What came in the end, which is near. */
async function textOf(outcome: Outcome): Promise<string> {
  await vi.waitFor(() => expect(outcome.settled?.value).toBeDefined(), PATIENT);
  return new TextDecoder().decode(outcome.settled!.value!.bytes);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  drop.mockClear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('download', () => {
  it('gives the bytes and their type without its parameters', async () => {
    answer('content');
    const outcome = start();
    await pass(0);
    expect(await textOf(outcome)).toBe('the weights');
    expect(outcome).toMatchObject({ settled: { value: { type: 'application/json' } }, counted: CONTENT.length, retries: [] });
  });

  it.each<[string, Answer]>([
    ['the connection fails', new TypeError('Failed to fetch')],
    ['408', 408],
    ['429', 429],
    ['500', 500],
    ['503', 503],
  ])('waits and tries again: %s', async (_name, first) => {
    answer(first, first, 'content');
    const outcome = start();
    await pass(0.4);
    expect(signals).toHaveLength(1);
    await pass(0.2);
    expect(signals).toHaveLength(2);
    await pass(1);
    expect(await textOf(outcome)).toBe('the weights');
    expect(outcome.retries.map(({ url, attempt, attempts, delay }) => [url, attempt, attempts, delay])).toEqual([
      [URL_, 2, 4, 500],
      [URL_, 3, 4, 1000],
    ]);
  });

  it('counts only what remains when a download breaks in the middle', async () => {
    const breaking = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        controller.enqueue(Uint8Array.of(1, 2, 3));
        setTimeout(() => controller.error(new TypeError('network error')), 100);
      },
    });
    answer(breaking, 'content');
    const outcome = start();
    await pass(0);
    expect(outcome.counted).toBe(3);
    await pass(1);
    expect(outcome).toMatchObject({ counted: CONTENT.length, retries: [{ reason: 'the connection failed (network error)' }] });
  });

  it.each([400, 401, 403, 404, 410])('believes %i at once', async (status) => {
    answer(status, 'content');
    const outcome = start();
    await pass(0);
    expect(outcome.settled).toMatchObject({ error: { message: `the server answered ${status}`, answered: true } });
  });

  it('gives up after four tries', async () => {
    answer(503);
    const outcome = start();
    await pass(3.4);
    expect(outcome.settled).toBeNull();
    await pass(0.2);
    expect(outcome.settled).toMatchObject({ error: { message: 'the server answered 503' } });
    expect(signals).toHaveLength(4);
  });

  it.each([
    ['7', 7000],
    ['0', 500],
    ['3600', 30_000],
    ['soon', 500],
    ['a date', 9000],
  ])('waits as long as Retry-After asks, up to half a minute: %s', async (text, delay) => {
    const retryAfter = text === 'a date' ? new Date(Math.ceil(Date.now() / 1000) * 1000 + 9000).toUTCString() : text;
    if (text === 'a date') vi.setSystemTime(Math.ceil(Date.now() / 1000) * 1000);
    answer({ status: 503, retryAfter }, 'content');
    const outcome = start();
    await pass(0);
    expect(outcome.retries).toMatchObject([{ delay }]);
    await pass(delay / 1000);
    expect(await textOf(outcome)).toBe('the weights');
  });

  it('takes twenty seconds without a byte for a broken connection: before the first, and after some', async () => {
    answer(stream([], 'stalls'), stream([1], 'stalls'), 'content');
    const outcome = start();
    await pass(19.5);
    expect(outcome.retries).toEqual([]);
    await pass(1);
    expect(outcome.retries).toMatchObject([{ reason: 'no byte came for 20 s' }]);
    expect(signals[0]?.aborted).toBe(true);
    await pass(22);
    expect(outcome.retries).toHaveLength(2);
    await pass(2);
    expect(await textOf(outcome)).toBe('the weights');
    expect(outcome.counted).toBe(CONTENT.length);
  });

  it('ends, with what it waited for, when every try stalls', async () => {
    vi.stubGlobal('fetch', () => new Promise(() => undefined));
    const outcome = start();
    await pass(4 * 20 + 4);
    expect(outcome.settled).toMatchObject({ error: { message: 'no byte came for 20 s', answered: false } });
  });

  it('bears with a connection that is slow but alive', async () => {
    answer(stream([19, 19, 19], 'ends'));
    const outcome = start();
    await pass(60);
    expect((await textOf(outcome)).length).toBe(9);
    expect(outcome).toMatchObject({ counted: 9, retries: [] });
  });

  it('is aborted at once: while it reads, while it waits, and before it starts', async () => {
    for (const [first, seconds] of [
      [stream([1], 'stalls'), 2],
      [{ status: 503, retryAfter: '20' }, 2],
      ['content', 0],
    ] as const) {
      answer(first);
      const page = new AbortController();
      if (seconds === 0) page.abort();
      const outcome = start({ signal: page.signal });
      await pass(seconds);
      page.abort();
      await pass(0);
      expect(outcome.settled).toMatchObject({ error: { code: 'aborted' } });
      expect(outcome.counted).toBe(0);
      await pass(60);
      expect(signals.length).toBe(seconds === 0 ? 0 : 1);
    }
  });

  it('stops reading one byte beyond what it may', async () => {
    answer(stream([0, 0, 0, 0, 0], 'stalls'));
    const outcome = start({ maxBytes: 7 });
    await pass(1);
    expect((await textOf(outcome)).length).toBe(8);
    expect(outcome.counted).toBe(8);
    expect(signals[0]?.aborted).toBe(true);
  });

  it('asks once for something else to take, after a failure that may pass', async () => {
    const kept = { bytes: CONTENT.slice(0, 3).buffer, type: '' };
    answer(503, 'content');
    const instead = vi.fn(() => Promise.resolve<Arrived | null>(kept));
    const first = start({ instead });
    await pass(0);
    expect(first).toMatchObject({ settled: { value: kept }, retries: [] });
    answer(404);
    start({ instead });
    await pass(0);
    expect(instead).toHaveBeenCalledTimes(1);
    answer(503);
    const nothing = vi.fn(() => Promise.resolve(null));
    start({ instead: nothing });
    await pass(5);
    expect(nothing).toHaveBeenCalledTimes(1);
  });

  it('takes what the page has fetched, fetches where that has nothing, and waits for neither longer than for the other', async () => {
    const had = { bytes: CONTENT.slice(0, 3).buffer, type: '' };
    answer('content', 'content');
    const first = start({ early: { fetched: () => Promise.resolve(had), drop } });
    await pass(0);
    expect(first).toMatchObject({ settled: { value: had }, retries: [], counted: 3 });
    expect(signals).toHaveLength(0);
    expect(await textOf(start({ early: { fetched: () => Promise.resolve(null), drop } }))).toBe('the weights');
    const fetched = vi.fn(() => new Promise<null>(() => undefined));
    const last = start({ early: { fetched, drop } });
    await pass(19);
    expect(last).toMatchObject({ settled: null, retries: [] });
    await pass(2);
    expect(last.retries).toHaveLength(1);
    expect(await textOf(last)).toBe('the weights');
    expect(fetched).toHaveBeenCalledTimes(1);
    // It would take the next try's connection.
    expect(drop.mock.calls).toEqual([[URL_]]);
  });

  it('counts what arrives at the page, once, and goes on waiting while something does', async () => {
    let tell: (bytes: number) => void = () => undefined;
    let give: (answer: Arrived) => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    const early = {
      fetched: (_: string, onArrived: (bytes: number) => void) => {
        tell = onArrived;
        return new Promise<Arrived>((resolve, reject) => ([give, fail] = [resolve, reject]));
      },
      drop,
    };
    const outcome = start({ early });
    for (const bytes of [2, 5, 5]) {
      await pass(15);
      tell(bytes);
      expect(outcome).toMatchObject({ settled: null, counted: bytes });
    }
    give({ bytes: CONTENT.slice().buffer, type: '' });
    await pass(0);
    // Calls to another thread may overtake each other.
    tell(CONTENT.length - 1);
    expect(outcome.counted).toBe(CONTENT.length);
    expect(outcome.retries).toEqual([]);
    // What the page could not finish counts for nothing.
    answer('content');
    const again = start({ early });
    tell(4);
    fail(new TypeError('Failed to fetch'));
    await pass(0);
    expect(again).toMatchObject({ counted: 0, retries: [{ reason: 'the connection failed (Failed to fetch)', attempt: 2 }] });
    tell(6);
    await pass(1);
    expect(await textOf(again)).toBe('the weights');
    expect(again.counted).toBe(CONTENT.length);
  });

  it('waits as long as the server has told the page, and takes its last word', async () => {
    const refused = (status: number) => start({ early: { fetched: () => Promise.resolve({ status, retryAfter: '7' }), drop } });
    answer('content');
    const busy = refused(503);
    await pass(6);
    expect(busy).toMatchObject({ settled: null, retries: [{ reason: 'the server answered 503', delay: 7000 }] });
    await pass(2);
    expect(await textOf(busy)).toBe('the weights');
    const gone = refused(404);
    await pass(0);
    expect(gone).toMatchObject({ settled: { error: { message: 'the server answered 404' } }, retries: [] });
  });
});
