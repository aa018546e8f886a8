/**
 * Listens for messages that arrive at a port and cannot be read, such as pixels without a buffer. The HTML standard fires `messageerror`;
 * Chromium has cases in which it delivers null instead, which nobody here ever sends.
 */
export function onUnreadable(port: Pick<EventTarget, 'addEventListener'>, listener: () => void): void {
  port.addEventListener('messageerror', listener);
  port.addEventListener('message', (event) => {
    if ((event as MessageEvent<unknown>).data === null) listener();
  });
}
