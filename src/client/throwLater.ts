/** Throws what a listener of the page threw where the page hears of it (`window.onerror`), without harm to whoever called the listener. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
