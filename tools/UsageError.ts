/** The command line is wrong: the command ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What `read` gives; what it throws is about the command line. */
export function readingUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
