import { afterEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '../../e2e/fixtures/patient.js';
import { createFakeVerifier } from '../client/testing/createFakeVerifier.js';
import { obedient } from '../client/testing/FakeLooker.js';
import type { Template } from '../shared/Template.js';
import { openAttempts } from '../vault/attempts/openAttempts.js';
import { fakeCamera, giveCameras, withUserMedia, type FakeCamera } from '../client/fixtures/fakeCamera.js';
import type { ConsentDetail } from './CaptureEvents.js';
import { button, mount, textOf, until } from './fixtures/mount.js';

const cameras: FakeCamera[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  localStorage.removeItem('visavis-camera');
  document.body.replaceChildren();
  for (const { freeze, track } of cameras.splice(0)) {
    freeze();
    track.stop();
  }
});

describe('a verifier by a function', () => {
  it('is asked for at each start, until it has one', async () => {
    const verifier = createFakeVerifier({ sees: obedient('ann') });
    const give = vi.fn<() => Promise<typeof verifier>>().mockRejectedValueOnce(new Error('no network')).mockResolvedValue(verifier);
    const { element } = await mount({}, { verifier: give, template: verifier.templateOf('ann') });
    await element.start();
    await element.updateComplete;
    expect(textOf(element, '.title')).toBe('Something went wrong');
    button(element, 'Try again').click();
    await until(element, 'done');
    expect(give).toHaveBeenCalledTimes(2);
    element.remove();
    await Promise.resolve();
    expect(verifier.disposed).toBe(false);
  });

  it('hears that the person no longer waits', async () => {
    const given = vi.fn<(signal: AbortSignal) => Promise<never>>(() => new Promise(() => {}));
    const { element } = await mount({}, { verifier: given });
    void element.start();
    await until(element, 'loading');
    await vi.waitFor(() => expect(given).toHaveBeenCalled(), PATIENT);
    expect(textOf(element, '.title')).toBe('Getting ready');
    element.cancel();
    expect(given.mock.calls[0][0].aborted).toBe(true);
  });
});

it.each<[string, Record<string, string>, boolean]>([
  ['by the page, without a place', { retention: '30' }, false],
  ['by the page, in a place of its own', { 'template-id': 'ann', retention: '30' }, true],
])('does not promise anything about numbers that are kept %s', async (_, attributes, withVault) => {
  const vault = { get: () => Promise.resolve(undefined), put: () => Promise.resolve(), delete: () => Promise.resolve() };
  const { element } = await mount({ mode: 'enroll', ...attributes }, withVault ? { vault } : {});
  const text = textOf(element, '#consent-text');
  expect(text).toContain('are given to this website');
  expect(text).not.toContain('encrypted');
  expect(text.includes('After 30 days')).toBe(withVault);
  const agreed = vi.fn<(event: CustomEvent<ConsentDetail>) => void>();
  element.addEventListener('visavis-consent', agreed);
  element.renderRoot.querySelector<HTMLInputElement>('#agree')!.click();
  expect(agreed.mock.calls[0][0].detail).toMatchObject({ retention: withVault ? 30 : null });
  expect(agreed.mock.calls[0][0].detail.text).toBe(text);
});

it('says that the camera is off where it went off, and not of one that the page has opened', async () => {
  const camera = fakeCamera();
  cameras.push(camera);
  giveCameras(camera);
  for (const [setup, told] of [
    [{}, 'Canceled.'],
    [{ camera: { timeLimit: 60_000 } }, 'Canceled. The camera is off.'],
  ] as const) {
    const { element, verifier } = await mount({}, setup);
    verifier.sees = 'nobody';
    void element.start();
    await until(element, 'looking');
    element.cancel();
    await vi.waitFor(() => expect(textOf(element, '.status')).toBe(told), PATIENT);
  }
});

it('keeps templates where the page wants them', async () => {
  const kept = new Map<string, Template>();
  const vault = {
    get: (id: string) => Promise.resolve(kept.get(id)),
    put: (id: string, template: Template) => Promise.resolve(void kept.set(id, template)),
    delete: (id: string) => Promise.resolve(void kept.delete(id)),
  };
  const { element } = await mount({ mode: 'enroll', consent: 'given', 'template-id': 'ann' }, { vault });
  await element.start();
  expect(kept.get('ann')).toMatchObject({ captures: 6 });
  element.mode = 'verify';
  await element.start();
  await element.updateComplete;
  expect(textOf(element, '.title')).toBe('Face matched');
  await element.erase();
  expect(kept.size).toBe(0);
  indexedDB.deleteDatabase('visavis-attempts-capture-ann');
});

it('comes into view when it starts, wherever the page is scrolled to', async () => {
  const { element, verifier } = await mount({ fullscreen: 'never' });
  verifier.sees = 'nobody';
  const spacer = () => Object.assign(document.createElement('div'), { textContent: 'long' });
  for (const place of [spacer(), spacer()]) {
    place.style.height = '3000px';
    if (document.body.firstElementChild === element) document.body.prepend(place);
    else document.body.append(place);
  }
  for (const y of [0, 6000]) {
    scrollTo(0, y);
    void element.start();
    await until(element, 'looking');
    const { top, bottom } = element.renderRoot.querySelector('.instruction')!.getBoundingClientRect();
    expect([top >= 0, bottom <= innerHeight]).toEqual([true, true]);
    element.cancel();
  }
});

describe('light from the screen', () => {
  it('is warned of, off until it is chosen, and fills the screen with what is to be done in view', async () => {
    const { element, camera } = await mount({ liveness: '', light: '', theme: 'dark' });
    Object.assign(camera, { pace: 30 });
    const box = element.renderRoot.querySelector<HTMLInputElement>('#light')!;
    expect([box.checked, textOf(element)]).toEqual([false, expect.stringContaining('photosensitive epilepsy')]);
    box.click();
    await element.updateComplete;
    const told = new Set<string>();
    const watch = setInterval(() => {
      const lit = element.renderRoot.querySelector<HTMLElement>('dialog[data-lit]');
      if (lit) told.add(`${lit.style.backgroundColor} ${textOf(element, '.instruction .words')}`);
    }, 5);
    await element.start();
    clearInterval(watch);
    await element.updateComplete;
    expect([...told]).toContain('rgb(192, 128, 128) Hold still while the screen lights your face');
    expect(element.renderRoot.querySelector('dialog')).toBeNull();
    expect(textOf(element, '.title')).toBe('Face matched');
  });

  it.each([
    ['without liveness', { light: '' }, false],
    ['to who wants less motion', { light: '', liveness: '' }, true],
  ])('is not offered %s', async (_, attributes, still) => {
    const real = matchMedia.bind(window);
    vi.spyOn(window, 'matchMedia').mockImplementation((query) =>
      still && query.includes('reduced-motion') ? Object.assign(real('all'), {}) : real(query),
    );
    const { element } = await mount(attributes);
    expect(element.renderRoot.querySelector('#light')).toBeNull();
  });
});

describe('the choice of cameras', () => {
  const devices = (...named: [id: string, label: string][]) =>
    vi
      .spyOn(navigator.mediaDevices, 'enumerateDevices')
      .mockResolvedValue(
        named.map(([deviceId, label]) => ({ deviceId, label, kind: 'videoinput' as const, groupId: '', toJSON: () => ({}) })),
      );
  /** A camera of that name. */
  const called = (id: string, label: string) => {
    const camera = fakeCamera();
    cameras.push(camera);
    vi.spyOn(camera.track, 'getSettings').mockReturnValue({ deviceId: id });
    vi.spyOn(camera.track, 'label', 'get').mockReturnValue(label);
    return camera;
  };

  it('is offered where there are several; the other one starts when the first is off, and is remembered', async () => {
    devices(['a', 'Front'], ['b', 'Desk']);
    const [front, desk] = [called('a', 'Front'), called('b', 'Desk')];
    const asked = giveCameras(front, desk);
    const { element, verifier } = await mount({}, { camera: { timeLimit: 60_000 } });
    verifier.sees = 'nobody';
    void element.start();
    await vi.waitFor(() => expect(element.renderRoot.querySelectorAll('option')).toHaveLength(2), PATIENT);
    const select = element.renderRoot.querySelector('select')!;
    expect([...select.options].map(({ label, selected }) => [label, selected])).toEqual([
      ['Front', true],
      ['Desk', false],
    ]);
    select.value = 'b';
    select.dispatchEvent(new Event('change'));
    expect(front.track.readyState).toBe('ended');
    await vi.waitFor(() => expect(asked).toHaveLength(2), PATIENT);
    expect(JSON.stringify(asked[1])).toContain('"b"');
    expect(localStorage.getItem('visavis-camera')).toBe('b');
    element.cancel();
  });

  it.each([
    ['an infrared one', [['Integrated IR Camera'], ['Integrated Camera']], 1],
    ['one that German Windows calls infrared', [['Infrarotkamera'], ['']], 1],
    ['a program', [['OBS Virtual Camera'], ['FaceTime HD Camera']], 1],
    ['a phone’s back', [['camera2 0, facing back'], ['camera2 1, facing front']], 1],
    ['an infrared one for a program, where there is nothing else', [['HP IR Camera'], ['OBS Virtual Camera']], 1],
    ['none without a name', [[''], ['Desk']], 0],
    ['none where all are infrared', [['IR Camera'], ['赤外線カメラ']], 0],
  ])('passes over %s', async (_, labels, best) => {
    const named = labels.map(([label], i) => [`id${i}`, label] as const);
    devices(...named.map(([id, label]): [string, string] => [id, label]));
    const asked = giveCameras(...named.map(([id, label]) => called(id, label)));
    const { element, verifier } = await mount({}, { camera: { timeLimit: 60_000 } });
    verifier.sees = 'nobody';
    void element.start();
    await vi.waitFor(() => expect(element.renderRoot.querySelector('select')?.value).toBe(`id${best}`), PATIENT);
    expect(asked).toHaveLength(best + 1);
    // The fittest is offered first.
    expect(element.renderRoot.querySelector('option')!.value).toBe(`id${best}`);
    element.cancel();
  });

  it('lets the person have the infrared one, now and the next time', async () => {
    devices(['ir', 'IR Camera'], ['rgb', 'Camera']);
    const asked = giveCameras(called('rgb', 'Camera'), called('ir', 'IR Camera'));
    const { element, verifier } = await mount({}, { camera: { timeLimit: 60_000 } });
    verifier.sees = 'nobody';
    void element.start();
    await vi.waitFor(() => expect(element.renderRoot.querySelectorAll('option')).toHaveLength(2), PATIENT);
    const select = element.renderRoot.querySelector('select')!;
    select.value = 'ir';
    select.dispatchEvent(new Event('change'));
    await vi.waitFor(() => expect(asked).toHaveLength(2), PATIENT);
    await until(element, 'looking');
    element.remove();
    await Promise.resolve();
    giveCameras(called('ir', 'IR Camera'));
    const again = await mount({}, { camera: { timeLimit: 60_000 } });
    again.verifier.sees = 'nobody';
    void again.element.start();
    await vi.waitFor(() => expect(again.element.renderRoot.querySelector('select')?.value).toBe('ir'), PATIENT);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([asked.length, again.element.phase]).toEqual([2, 'looking']);
    again.element.cancel();
  });

  it('tries the browser’s own choice after one that does not start', async () => {
    localStorage.setItem('visavis-camera', 'b');
    devices(['a', 'Front'], ['b', 'Desk']);
    const asked: string[] = [];
    withUserMedia((constraints) => {
      asked.push(JSON.stringify(constraints.video));
      return asked.length === 1
        ? Promise.reject(new DOMException('busy', 'NotReadableError'))
        : Promise.resolve(called('a', 'Front').stream);
    });
    const { element, verifier } = await mount({}, { camera: { timeLimit: 60_000 } });
    verifier.sees = 'nobody';
    await element.start();
    expect(element.phase).toBe('failed');
    void element.start();
    await until(element, 'looking');
    expect(asked.map((constraints) => constraints.includes('"b"'))).toEqual([true, false]);
    element.cancel();
  });

  it('stays with one that works where a fitter one does not start', async () => {
    devices(['ir', 'IR Camera'], ['rgb', 'Camera']);
    const asked: string[] = [];
    withUserMedia((constraints) => {
      asked.push(JSON.stringify(constraints.video));
      return asked.at(-1)!.includes('"rgb"')
        ? Promise.reject(new DOMException('busy', 'NotReadableError'))
        : Promise.resolve(called('ir', 'IR Camera').stream);
    });
    const { element, verifier } = await mount({}, { camera: { timeLimit: 60_000 } });
    verifier.sees = 'nobody';
    void element.start();
    await vi.waitFor(() => expect(element.phase).toBe('failed'), PATIENT);
    expect(asked.map((constraints) => constraints.includes('"rgb"'))).toEqual([false, true]);
    void element.start();
    await until(element, 'looking');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([asked.length, element.phase]).toEqual([3, 'looking']);
    element.cancel();
  });

  it('gives back the try of the camera before, so that the one after three wrong ones goes on', async () => {
    devices(['a', 'Front'], ['b', 'Desk']);
    const asked = giveCameras(called('a', 'Front'), called('b', 'Desk'));
    const attempts = await openAttempts({ name: 'capture-switched' });
    for (let n = 0; n < 3; n++) await attempts.begin();
    const { element, verifier } = await mount({ 'template-id': 'switched' }, { camera: { timeLimit: 60_000 } });
    verifier.sees = 'nobody';
    void element.start();
    await vi.waitFor(() => expect(element.renderRoot.querySelectorAll('option')).toHaveLength(2), PATIENT);
    const select = element.renderRoot.querySelector('select')!;
    select.value = 'b';
    select.dispatchEvent(new Event('change'));
    await vi.waitFor(() => expect(asked).toHaveLength(2), PATIENT);
    await until(element, 'looking');
    element.cancel();
    await attempts.reset();
  });

  it('says that a camera was lost, and starts again with whichever is there', async () => {
    devices(['a', 'Front'], ['b', 'Desk']);
    const [front, desk] = [called('a', 'Front'), called('b', 'Desk')];
    giveCameras(front, desk);
    const { element, verifier } = await mount({}, { camera: { timeLimit: 60_000 } });
    verifier.sees = 'nobody';
    const ended = element.start();
    await until(element, 'looking');
    front.track.stop();
    front.track.dispatchEvent(new Event('ended'));
    await ended;
    await element.updateComplete;
    expect(textOf(element, '.panel')).toBe('Camera disconnected Connect the camera again, then try again. Try again');
    button(element, 'Try again').click();
    await until(element, 'looking');
    expect(desk.track.readyState).toBe('live');
    element.cancel();
  });

  it('draws the oval anew where the device is rotated', async () => {
    const camera = called('a', 'Front');
    giveCameras(camera);
    const { element, verifier } = await mount({}, { camera: { timeLimit: 60_000 } });
    verifier.sees = 'nobody';
    void element.start();
    await until(element, 'looking');
    const shape = () => element.renderRoot.querySelector('.oval')!.getAttribute('viewBox');
    await vi.waitFor(() => expect(shape()).toBe('0 0 300 150'), PATIENT);
    camera.resize!(150, 300);
    await vi.waitFor(() => expect(shape()).toBe('0 0 150 300'), PATIENT);
    // The outline moves there.
    await vi.waitFor(() => {
      const box = (selector: string) => element.renderRoot.querySelector(selector)!.getBoundingClientRect();
      const [track, picture] = [box('.track'), box('video')];
      const inside = [track.left >= picture.left, track.right <= picture.right, track.top >= picture.top, track.bottom <= picture.bottom];
      expect(inside).toEqual([true, true, true, true]);
    }, PATIENT);
    element.cancel();
  });

  it('passes over an infrared camera that nobody chose, and offers none where there is but one', async () => {
    devices(['ir', 'Integrated IR Camera'], ['rgb', 'Integrated Camera']);
    const asked = giveCameras(called('ir', 'Integrated IR Camera'), called('rgb', 'Integrated Camera'));
    const { element, verifier } = await mount({}, { camera: { timeLimit: 60_000 } });
    verifier.sees = 'nobody';
    void element.start();
    await vi.waitFor(() => expect(asked).toHaveLength(2), PATIENT);
    expect(JSON.stringify(asked[1])).toContain('"rgb"');
    element.cancel();
    devices(['rgb', 'Integrated Camera']);
    giveCameras(called('rgb', 'Integrated Camera'));
    void element.start();
    await until(element, 'looking');
    expect(element.renderRoot.querySelector('select')).toBeNull();
    element.cancel();
  });
});
