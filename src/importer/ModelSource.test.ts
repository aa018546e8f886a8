import { expect, it } from 'vitest';
import { fileOf } from './ModelSource.js';

it('reads files, other blobs and bytes', async () => {
  expect(await fileOf(new File(['ab'], 'net.onnx'))).toEqual({ name: 'net.onnx', bytes: Uint8Array.of(97, 98) });
  expect((await fileOf(new Blob(['ab']))).name).toBe('model');
  expect((await fileOf({ name: 'models/net.pb', bytes: new Uint8Array(2) })).name).toBe('net.pb');
});

it('does not begin to read what is too large', async () => {
  const file = new File([], 'film.mp4');
  const read = () => Promise.reject(new Error('it was read'));
  Object.defineProperties(file, { size: { value: 5e9 }, arrayBuffer: { value: read } });
  await expect(fileOf(file)).rejects.toMatchObject({
    code: 'import-failed',
    message: expect.stringContaining('5000000000 bytes') as string,
  });
});

it('says so where a file was changed since it was chosen', async () => {
  const file = new File(['ab'], 'net.onnx');
  const cause = new DOMException('The requested file could not be read', 'NotReadableError');
  Object.defineProperty(file, 'arrayBuffer', { value: () => Promise.reject(cause) });
  await expect(fileOf(file)).rejects.toMatchObject({ code: 'import-failed', cause });
});
