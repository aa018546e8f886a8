import { openAttempts, VisavisError, type Attempts, type AttemptStatus } from '../../src/index.js';

const NAME = 'demo';

/** Counts failed logins. In a browser window without a database nothing is stored at all, and attempts aren't counted. */
export class AttemptGuard {
  readonly #attempts = openAttempts({ name: NAME });

  /**
   * Runs one login if the policy allows it, and counts it unless it matched; one that came to no verdict doesn't count. Null if it has to
   * wait: then `refuse` was told how long.
   */
  async run<T extends { readonly match: boolean }>(task: () => Promise<T>, refuse: (status: AttemptStatus) => void): Promise<T | null> {
    const status = await this.#counted((attempts) => attempts.begin());
    if (status && !status.allowed) {
      refuse(status);
      return null;
    }
    let verdict: T | null = null;
    try {
      verdict = await task();
      return verdict;
    } finally {
      if (!verdict) await this.#counted((attempts) => attempts.withdraw());
      else if (verdict.match) await this.#counted((attempts) => attempts.succeed());
    }
  }

  /** A new enrollment starts from zero. */
  async reset(): Promise<void> {
    await this.#counted((attempts) => attempts.reset());
  }

  async #counted(count: (attempts: Attempts) => Promise<AttemptStatus>): Promise<AttemptStatus | null> {
    try {
      return await count(await this.#attempts);
    } catch (error) {
      if (error instanceof VisavisError && error.code === 'vault-unavailable') return null;
      throw error;
    }
  }
}

/** What to tell someone who has to wait. */
export function describeWait({ failures, wait, locked }: AttemptStatus): readonly [title: string, text: string] {
  const again = `${failures} attempts in a row failed, so this page waits before the next one, in every tab. Try again in ${inWords(wait)}.`;
  return [locked ? 'Login is locked' : 'Please wait', again];
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
