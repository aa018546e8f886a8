import { expect, it } from 'vitest';
import { codeLine } from './codeLine.js';

it('names the model that the points are for, but the default', () => {
  const rest = `operatingPoints: await (await fetch('points.json')).json() });`;
  expect(codeLine('mobilenet-160', 'points.json')).toBe(`const verifier = await createFaceVerifier({ ${rest}`);
  expect(codeLine('my-net', 'points.json')).toBe(`const verifier = await createFaceVerifier({ model: 'my-net', ${rest}`);
});
