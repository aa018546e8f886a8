import { describe, expect, it } from 'vitest';
import { createCapture } from '../client/live/createCapture.js';
import { createFakeVerifier } from '../client/testing/createFakeVerifier.js';
import { settingsOf, type CaptureProperties } from './settingsOf.js';

const NONE: CaptureProperties = {
  ...{ mode: 'verify', modelsUrl: null, model: null, workerUrl: null, fmr: null, liveness: false, getReady: null, templateId: null },
  ...{ retention: null, challenge: null, transaction: null, subject: null, deviceKey: null },
  ...{ template: null, vault: null, verifier: null, renewFrom: null },
};

describe('renewFrom', () => {
  const read = (renewFrom: unknown, properties: Partial<CaptureProperties> = {}) =>
    settingsOf({ ...NONE, ...properties, renewFrom: renewFrom as CaptureProperties['renewFrom'] }, null).renewFrom;

  it('lies where the element’s own model does, unless it says where', () => {
    expect(read({ model: 'old' }, { modelsUrl: '/models/' })).toEqual({ model: 'old', modelsUrl: '/models/' });
    expect(read({ modelsUrl: '/older/' }, { modelsUrl: '/models/', workerUrl: '/w.js' })).toEqual({
      modelsUrl: '/older/',
      workerUrl: '/w.js',
    });
    const [verifier, give] = [createFakeVerifier(), () => createFakeVerifier()];
    for (const source of [null, verifier, give]) expect(read(source, { modelsUrl: '/models/' })).toBe(source);
  });

  it('that is a promise, or no object, stays what it is, and is refused as that', () => {
    const verifier = createFakeVerifier();
    for (const wrong of [Promise.resolve(verifier), 5, 'old']) {
      const renewFrom = read(wrong, { modelsUrl: '/models/' })!;
      const options = { mode: 'verify', template: verifier.templateOf('ann'), renewFrom } as const;
      expect(() => createCapture(verifier, options)).toThrow(/expected renewFrom to be a verifier/);
    }
  });
});
