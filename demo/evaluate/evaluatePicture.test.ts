import { expect, it } from 'vitest';
import { VisavisError, type FaceVerifier } from '../../src/index.js';
import { evaluatePicture } from './evaluatePicture.js';

const photo = { file: new File(['x'], 'a.jpg'), path: 'ann/a.jpg' };
const evaluated = (error: Error, signal = new AbortController().signal) =>
  evaluatePicture(photo, 'ann', { embed: () => Promise.reject(error) } as unknown as FaceVerifier, signal);

it('says what is wrong with a picture, and throws what is wrong with the engine', async () => {
  expect(await evaluated(new VisavisError('no-face', 'There is none.'))).toMatchObject({ embedding: null, error: 'no-face' });
  expect(await evaluated(new VisavisError('bad-image', 'It is none.'))).toMatchObject({ embedding: null, error: 'It is none.' });
  expect(await evaluated(new DOMException('It is too large.'))).toMatchObject({ embedding: null, error: 'It is too large.' });
  await expect(evaluated(new VisavisError('backend-unavailable', 'It stopped.'))).rejects.toThrow('It stopped.');
  await expect(evaluated(new WebAssembly.RuntimeError('unreachable'))).rejects.toThrow('unreachable');
});

it('takes no canceled reading for a picture that can’t be read', async () => {
  await expect(evaluated(new Error('Reading was canceled.'), AbortSignal.abort())).rejects.toThrow('Reading was canceled.');
});
