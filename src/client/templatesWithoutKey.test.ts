import { describe, expect, it } from 'vitest';
import type { Template } from '../shared/Template.js';
import { createProtectionKey } from '../vault/protection/protectionKey.js';
import { protectTemplate } from '../vault/protection/protectTemplate.js';
import { createLivenessSession } from './live/createLivenessSession.js';
import { redeem } from './live/livenessResults.js';
import type { ImageSource } from './pictures/ImageSource.js';
import { createFakeCamera } from './testing/createFakeCamera.js';
import { createFakeVerifier } from './testing/createFakeVerifier.js';

describe('a protected template without its own key', () => {
  it('is refused before anybody is looked at, and before a session is used up', async () => {
    const [verifier, from] = [createFakeVerifier(), createFakeVerifier({ modelVersion: '0.9.0' })];
    const session = await createLivenessSession(verifier).run(createFakeCamera());
    const closed = async (template: Template, kept: 'none' | 'another') => {
      const made = await protectTemplate(template, await createProtectionKey());
      const { scheme, keyId } = made.protection!;
      return { ...made, protection: { scheme, keyId, ...(kept === 'another' && { key: await createProtectionKey() }) } };
    };
    verifier.sees = from.sees = new Error('looked');
    for (const kept of ['none', 'another'] as const) {
      const template = await closed(verifier.templateOf('someone'), kept);
      const older = await closed(from.templateOf('someone'), kept);
      const error = {
        code: 'template-invalid',
        message: expect.stringMatching(kept === 'none' ? /without its key/ : /with another key/) as string,
      };
      await expect(verifier.verify({} as ImageSource, template, { liveness: session })).rejects.toMatchObject(error);
      await expect(verifier.verifyLive(createFakeCamera(), template, { liveness: true })).rejects.toMatchObject(error);
      await expect(verifier.renew({} as ImageSource, older, { from })).rejects.toMatchObject(error);
      await expect(verifier.renewLive(createFakeCamera(), older, { from })).rejects.toMatchObject(error);
      // One without its key a watch refuses by itself.
      if (kept === 'another') expect(await verifier.watch(createFakeCamera(), template).ended).toMatchObject(error);
    }
    expect(redeem(session).refusal).toBeNull();
  });
});
