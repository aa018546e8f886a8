import { VisavisError } from '../../src/index.js';

/** What an error says to people: without the documentation that it points developers to. */
export function messageOf(error: unknown): string {
  if (error instanceof VisavisError) return error.plainMessage;
  return error instanceof Error ? error.message : String(error);
}
