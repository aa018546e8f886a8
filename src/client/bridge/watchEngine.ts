/** How often a call under way is looked at. */
export const TICK_MS = 1000;
/**
 * Ticks without an answer to a ping until the event loop counts as stuck. Compiling a network on software WebGL blocks it for many seconds.
 */
export const SILENCE_TICKS = 60;
/**
 * Ticks, of those in which pings were answered, until a call's reply counts as lost. Software graphics compute for seconds beside an idle
 * loop.
 */
export const REPLY_TICKS = 120;
/** The same for loading, from its last progress on: a server may take its time, and loading itself gives up earlier. */
export const LOAD_TICKS = 300;

export interface EngineWatch {
  /** The call has got further: its wait begins anew. */
  progress(): void;
  stop(): void;
}

/**
 * Watches one call: tells when its reply will not come any more, because the engine's event loop answers no ping (it is stuck, or its
 * worker was ended from outside, which browsers report to nobody) or because it answers pings and nothing else.
 *
 * Ticks are counted, not time: while a page sleeps, is throttled or blocked, its timers stand still, and when it wakes the engine has a
 * chance to answer first. A slow engine is safe as long as its loop turns once in `SILENCE_TICKS`. (A lock held by the worker would tell of
 * its end at once, but pages that hold locks are not kept for the Back button, and a stuck loop holds its lock as well.)
 *
 * @param ping resolves when the engine's event loop has turned
 * @param replyTicks how many ticks a call may take while pings are answered
 * @param onLost called at most once, with the reason
 */
export function watchEngine(ping: () => Promise<unknown>, replyTicks: number, onLost: (reason: string) => void): EngineWatch {
  let asked = false;
  let silent = 0;
  let waited = 0;
  const stop = () => clearInterval(timer);
  const lost = (reason: string) => {
    stop();
    onLost(reason);
  };
  const answered = () => {
    asked = false;
    silent = 0;
  };
  const timer = setInterval(() => {
    if (asked) {
      if (++silent >= SILENCE_TICKS) lost(`it has not answered for ${(SILENCE_TICKS * TICK_MS) / 1000} s`);
      return;
    }
    if (++waited >= replyTicks) {
      lost(`it runs, but has not replied to a call for ${(replyTicks * TICK_MS) / 1000} s`);
      return;
    }
    asked = true;
    // One ping at a time. One that fails is one that was not answered.
    ping().then(answered, () => undefined);
  }, TICK_MS);
  return {
    progress() {
      answered();
      waited = 0;
    },
    stop,
  };
}
