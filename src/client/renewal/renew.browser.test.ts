import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { face, MODELS_URL, sideBySide } from '../../../e2e/fixtures/pictures.js';
import { showsPicture } from '../../../e2e/fixtures/showsPicture.js';
import type { Template } from '../../shared/Template.js';
import { redeemMatch } from '../../shared/matchLedger.js';
import { openVault } from '../../vault/openVault.js';
import { createFaceVerifier } from '../createFaceVerifier.js';
import type { FaceVerifier } from '../FaceVerifier.js';
import type { TimedSource } from '../camera/timedFrames.js';

/** The same picture again and again, ten a second by its own times; each is gone when the next one comes. */
async function* film(picture: ImageBitmap): AsyncGenerator<TimedSource> {
  for (let n = 0; n < 200; n++) {
    const source = await createImageBitmap(picture);
    yield { source, time: 100 * n };
    source.close();
  }
}

/** A video element that shows a picture, like a camera's, and what ends that. */
async function cameraOf(picture: ImageBitmap): Promise<{ video: HTMLVideoElement; stop: () => void }> {
  const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const draw = () => context.drawImage(picture, 0, 0);
  draw();
  const video = Object.assign(document.createElement('video'), { muted: true });
  video.srcObject = canvas.captureStream();
  const timer = setInterval(draw, 50);
  await video.play();
  await showsPicture(video);
  const stop = () => {
    clearInterval(timer);
    video.srcObject = null;
  };
  return { video, stop };
}

/** Every frame is the element itself, which has moved on when the next one comes. */
async function* framesOf(video: HTMLVideoElement): AsyncGenerator<TimedSource> {
  for (let n = 0; n < 200; n++) yield { source: await Promise.resolve(video), time: 100 * n };
}

describe('from the templates of one network to those of another', () => {
  let from: FaceVerifier;
  let to: FaceVerifier;
  let template: Template;
  beforeAll(async () => {
    const load = (model: string) => createFaceVerifier({ modelsUrl: MODELS_URL, model, backend: 'wasm' });
    [from, to] = await Promise.all([load('mobilenet-160'), load('inception-160')]);
    template = await from.enroll(await Promise.all(['person01-a-front', 'person01-b-window-left'].map(face)));
  });
  afterAll(() => {
    from.dispose();
    to.dispose();
  });

  it('pictures: the person’s make a template that knows them, and nobody else’s make one', async () => {
    const pictures = await Promise.all(['person01-d-smile', 'person01-a-front', 'person01-e-far'].map(face));
    const renewed = await to.renew(pictures, template, { from });
    expect(renewed).toMatchObject({ match: true, template: { model: 'inception-160', captures: 3, createdAt: template.createdAt } });
    expect(redeemMatch(renewed)).toMatchObject({ model: 'mobilenet-160', fmr: 1e-4 });
    expect((await to.verify(await face('person01-b-window-left'), renewed.template!)).match).toBe(true);
    expect((await to.verify(await face('person06-a-front'), renewed.template!)).match).toBe(false);
    for (const name of ['person06-a-front', 'person03-a-front', 'person08-a-front']) {
      expect(await to.renew([await face(name), await face(name)], template, { from }), name).toMatchObject({
        match: false,
        template: null,
      });
    }
    const two = sideBySide(await face('person01-a-front'), await face('person06-a-front'));
    expect(await to.renew(two, template, { from })).toMatchObject({ match: false, reason: 'several-faces', frames: 0 });
    await expect(to.verify(pictures, template)).rejects.toMatchObject({ code: 'template-incompatible' });
  });

  it('a camera: frames that are gone afterwards, and the vault that has one template throughout', async () => {
    const vault = await openVault({ name: 'renewing' });
    // Made before: a ceremony waits for a frame no longer than its time.
    const [ann, other] = await Promise.all(['person01-a-front', 'person06-a-front'].map(face));
    const { video, stop } = await cameraOf(ann);
    try {
      await vault.put('ann', template, { protected: true });
      const replaces = (await vault.get('ann'))!;
      const renewed = await to.renewLive(framesOf(video), replaces, { from, timeLimit: 1000 });
      expect(renewed).toMatchObject({ match: true, template: { model: 'inception-160', captures: 3 } });
      await vault.put('ann', renewed.template!, { replaces });
      const now = (await vault.get('ann'))!;
      expect(now.protection).toBeDefined();
      expect((await to.verify(await face('person01-d-smile'), now)).match).toBe(true);
      const refused = await to.renewLive(film(other), replaces, { from, timeLimit: 1000 });
      expect(refused).toMatchObject({ match: false, reason: 'different-person', template: null });
    } finally {
      stop();
      await vault.erase();
    }
  });
});
