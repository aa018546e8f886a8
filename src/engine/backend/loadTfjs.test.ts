import { expect, it } from 'vitest';
import { loadTfjs } from './loadTfjs.js';
import { NotLoaded } from './NotLoaded.js';

it('tells a file that did not load from whatever else fails', async () => {
  const failure = loadTfjs('gpu', ['file:///nowhere.js', 'data:text/javascript,']);
  await expect(failure).rejects.toBeInstanceOf(NotLoaded);
  await expect(failure).rejects.toThrow(/nowhere\.js could not be loaded.*javascript, is not that file.*Serve the package/);
});
