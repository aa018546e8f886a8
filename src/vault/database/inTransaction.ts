/** A transaction as `idb` wraps it. */
interface Transaction {
  readonly done: Promise<void>;
  readonly error: DOMException | null;
  abort(): void;
}

/**
 * Does work in a transaction that happens as a whole or not at all, and waits until it is written. Throws what the work throws, or why the
 * browser aborted the transaction (such as `QuotaExceededError`): its requests then know only that it was aborted.
 */
export async function inTransaction<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  const outcome = tx.done.then(
    () => null,
    (reason: unknown) => ({ reason }),
  );
  let result: T;
  try {
    result = await work();
  } catch (cause) {
    try {
      tx.abort();
    } catch {
      // It is over already.
    }
    await outcome;
    throw tx.error ?? cause;
  }
  const failed = await outcome;
  if (failed) throw failed.reason;
  return result;
}
