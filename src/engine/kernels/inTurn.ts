import { withLock } from '../withLock.js';

const NAME = 'visavis-helpers';
const PATIENCE_MS = 1000;

/**
 * Does something that blocks this thread for a moment, never while another engine of this origin does it. Firefox has been seen to hang for good
 * where two workers started workers of their own at once. Where there are no locks, or somebody keeps this one, it is done all the same.
 */
export async function inTurn(task: () => void): Promise<void> {
  let begun = false;
  const begin = () => {
    begun = true;
    task();
  };
  try {
    await withLock(NAME, PATIENCE_MS, begin);
  } catch (error) {
    if (begun) throw error;
    begin();
  }
}
