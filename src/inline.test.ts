import { expect, it } from 'vitest';
import * as main from './index.js';
import * as inline from './inline.js';

/** Its declarations say that it is the main entry. */
it('visavis/inline exports what visavis does, and the same of it but for what starts the engine', () => {
  const own: readonly string[] = ['createCapture', 'createFaceVerifier'];
  const shared = ({ ...exports }: Record<string, unknown>) => Object.entries(exports).filter(([name]) => !own.includes(name));
  expect(Object.keys(inline)).toEqual(Object.keys(main));
  expect(Object.fromEntries(shared(inline))).toEqual(Object.fromEntries(shared(main)));
  const created: typeof main.createFaceVerifier = inline.createFaceVerifier;
  expect(created).not.toBe(main.createFaceVerifier);
});
