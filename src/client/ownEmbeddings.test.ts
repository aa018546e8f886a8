import { beforeEach, describe, expect, it } from 'vitest';
import { VisavisError } from '../shared/VisavisError.js';
import { createProtectionKey } from '../vault/protection/protectionKey.js';
import { protectTemplate } from '../vault/protection/protectTemplate.js';
import { enrollFrom } from './enrollFrom.js';
import { ScriptedLooker, TEMPLATE } from './fixtures/ScriptedLooker.js';
import type { ImageSource } from './pictures/ImageSource.js';
import type { CaptureSource } from './pictures/Sources.js';
import { verifyFrom } from './verifyFrom.js';

const PICTURE = {} as ImageSource;
const STRANGERS = [
  [1, 0, 0, 0],
  [-1, 0, 0, 0],
  [0, -1, 0, 0],
];

let looker: ScriptedLooker;
beforeEach(() => (looker = new ScriptedLooker()));

/** One after the other, and then an error. */
async function* broken(): AsyncGenerator<CaptureSource> {
  yield PICTURE;
  yield PICTURE;
  await Promise.reject(new VisavisError('camera-lost', 'gone'));
}

const calls = {
  enroll: (sources: Parameters<typeof enrollFrom>[1]) => enrollFrom(looker, sources, {}),
  verify: (sources: Parameters<typeof enrollFrom>[1]) => verifyFrom(looker, sources, TEMPLATE, {}),
};

describe.each(Object.entries(calls))('%s', (_, call) => {
  const expectWiped = (count: number) => {
    expect(looker.given).toHaveLength(count);
    for (const embedding of looker.given) expect([...embedding]).toEqual([0, 0, 0, 0]);
  };

  it('overwrites the embeddings that it made, and those only', async () => {
    const given = { face: looker.face, embedding: Float32Array.of(1, 0, 0, 0) };
    await call([PICTURE, given, PICTURE]);
    expectWiped(2);
    expect([...given.embedding]).toEqual([1, 0, 0, 0]);
  });

  it('does so when the stream breaks', async () => {
    await expect(call(broken())).rejects.toMatchObject({ code: 'camera-lost' });
    expectWiped(2);
  });

  it('does so when a later picture cannot be looked at', async () => {
    looker.before = (n) => n === 2 && Promise.reject(new VisavisError('disposed', 'over'));
    await expect(call([PICTURE, PICTURE, PICTURE])).rejects.toMatchObject({ code: 'disposed' });
    expectWiped(2);
  });

  it('does so when the pictures show several people', async () => {
    looker.embedding = (n) => STRANGERS[n];
    await call([PICTURE, PICTURE, PICTURE]).catch(() => undefined);
    expectWiped(3);
  });
});

describe('enroll', () => {
  it('overwrites its embeddings when the page’s listener throws', async () => {
    const onCapture = () => {
      throw new Error('the page’s');
    };
    await expect(enrollFrom(looker, [PICTURE], { onCapture })).rejects.toThrow('the page’s');
    expect([...looker.given[0]]).toEqual([0, 0, 0, 0]);
  });
});

describe('verify', () => {
  it('overwrites its embeddings when they cannot be compared', async () => {
    const template = await protectTemplate(TEMPLATE, await createProtectionKey());
    const { scheme, keyId } = template.protection!;
    looker.before = () => Object.assign(template, { protection: { scheme, keyId } });
    await expect(verifyFrom(looker, [PICTURE], template, {})).rejects.toThrow(/without its key/);
    expect(looker.given).toHaveLength(1);
    expect([...looker.given[0]]).toEqual([0, 0, 0, 0]);
  });
});
