import { afterEach, expect, it, vi } from 'vitest';
import { toPixels } from './toPixels.js';

afterEach(() => vi.unstubAllGlobals());

it.each([
  [
    'a device that lacks the memory',
    new RangeError('Out of memory at ImageData creation'),
    /could not be read.*Out of memory.*a smaller one/,
  ],
  ['a picture of another origin', new DOMException('tainted', 'SecurityError'), /another origin/],
])('says what to do: %s', (_why, cause, message) => {
  const getImageData = () => {
    throw cause;
  };
  const getContext = () => ({ drawImage: () => undefined, getImageData });
  vi.stubGlobal('document', { createElement: () => ({ getContext }) });
  const close = vi.fn();
  const read = () => toPixels({ width: 2, height: 1, close });
  expect(read).toThrow(expect.objectContaining({ code: 'bad-image', message: expect.stringMatching(message) as string, cause }) as Error);
  expect(close).toHaveBeenCalledOnce();
});
