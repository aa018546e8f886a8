import type { CaptureResult } from '../shared/capture.js';
import { VisavisError } from '../shared/VisavisError.js';
import type { Attempts } from '../vault/attempts/Attempts.js';
import { openAttempts } from '../vault/attempts/openAttempts.js';
import { Trouble } from './Trouble.js';
import type { WordValues } from './words/formatMessage.js';

/** Seconds from which on people are told minutes. */
const LONG = 90;

/**
 * Counts failed tries for a stored template, in all tabs and across reloads: who may try one face after another finds one that fits. Where
 * the browser keeps no data, nothing is counted.
 */
export class AttemptCount {
  private constructor(private readonly attempts: Attempts) {}

  /** Null where nothing can be counted. Throws a Trouble where the person has to wait first. */
  static async begin(templateId: string): Promise<AttemptCount | null> {
    const attempts = await openAttempts({ name: nameOf(templateId) });
    const status = await orNull(attempts.begin());
    if (status && !status.allowed) {
      const seconds = Number.isFinite(status.wait) ? Math.ceil(status.wait / 1000) : 0;
      const wait: WordValues = seconds > LONG ? { minutes: Math.ceil(seconds / 60) } : { seconds };
      throw new Trouble('waiting', `Too many tries failed: the next one is possible in ${seconds} s.`, wait);
    }
    return status && new AttemptCount(attempts);
  }

  /** A new enrollment starts from zero. */
  static async reset(templateId: string): Promise<void> {
    await orNull((await openAttempts({ name: nameOf(templateId) })).reset());
  }

  /** A try that came to no verdict does not count. */
  async end(result: CaptureResult | null): Promise<void> {
    const verification = result?.mode === 'verify' ? result.verification : null;
    if (verification?.match) await orNull(this.attempts.succeed());
    else if (!verification || (verification.distance === null && !verification.session?.reason)) await orNull(this.attempts.withdraw());
  }
}

/** Names of counts are short. */
function nameOf(templateId: string): string {
  return `capture-${templateId}`;
}

async function orNull<T>(counted: Promise<T>): Promise<T | null> {
  try {
    return await counted;
  } catch (error) {
    if (error instanceof VisavisError && error.code === 'vault-unavailable') return null;
    throw error;
  }
}
