import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeCamera, giveCameras, withUserMedia, type FakeCamera } from '../client/fixtures/fakeCamera.js';
import { openVault } from '../vault/openVault.js';
import type { DoneDetail, VisavisCaptureEventMap } from './CaptureEvents.js';
import { button, mount, textOf, until, type Drawn } from './fixtures/mount.js';

/** For what comes with frames, each of which may be late. */
const SLOWLY = { timeout: 60_000 };
/** Machines that test much else show the first picture late. */
const PATIENT = { timeLimit: 60_000 };
const sources: FakeCamera[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  for (const { freeze } of sources.splice(0)) freeze();
  await (await openVault()).erase();
});

const source = () => (sources[sources.length] = fakeCamera());
const nextDone = (element: Drawn) =>
  new Promise<DoneDetail>((resolve) => element.addEventListener('visavis-done', ({ detail }) => resolve(detail), { once: true }));

describe('a verification', () => {
  it('matches, says so, and tells no figure', async () => {
    const { element } = await mount();
    expect(textOf(element)).toContain('Confirm it’s you');
    const done = nextDone(element);
    button(element, 'Start').click();
    const { passed, result, value } = await done;
    expect([passed, result.mode, value]).toEqual([true, 'verify', null]);
    await element.updateComplete;
    expect(textOf(element)).toContain('Face matched');
    expect(textOf(element)).not.toMatch(/\d|signed in/i);
    expect(element.renderRoot.querySelector('.mark')?.getAttribute('data-kind')).toBe('good');
  });

  it('refuses somebody else without saying how near they came, and tries again', async () => {
    const { element, verifier } = await mount();
    verifier.sees = { person: 'bob' };
    const done = nextDone(element);
    await element.start();
    expect((await done).passed).toBe(false);
    await element.updateComplete;
    expect(textOf(element, '.panel')).toBe(
      'Not recognized This face differs too much from the enrolled one. Try again in even light. Try again',
    );
    verifier.sees = { person: 'ann' };
    button(element, 'Try again').click();
    await until(element, 'done');
    expect(textOf(element)).toContain('Face matched');
  });

  it('says who is not set up before it asks for the camera', async () => {
    const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
    const { element } = await mount({ 'template-id': 'nobody' }, { template: null, camera: null });
    await element.start();
    await element.updateComplete;
    expect(textOf(element, '.panel')).toBe('Your face isn’t set up yet Set up your face first.');
    expect(asked).not.toHaveBeenCalled();
  });

  it('slows down who tries again and again', async () => {
    const { element, verifier } = await mount({ 'template-id': 'slow' });
    onTestFinished(() => void indexedDB.deleteDatabase('visavis-attempts-capture-slow'));
    verifier.sees = { person: 'bob' };
    // No time passes for the count: of two clocks, it believes the slower one.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    for (let i = 0; i < 4; i++) await element.start();
    await element.start();
    await element.updateComplete;
    expect(textOf(element)).toContain('Too many tries Try again in 5 seconds.');
  });
});

describe('an enrollment', () => {
  it('asks for consent, tells what was agreed to, and keeps the template', async () => {
    const { element } = await mount({ mode: 'enroll', 'template-id': 'ann', retention: '30' });
    const agreed = vi.fn<(event: VisavisCaptureEventMap['visavis-consent']) => void>();
    element.addEventListener('visavis-consent', agreed);
    button(element, 'Start').click();
    await element.updateComplete;
    await vi.waitFor(() => expect(textOf(element, '.missing')).toBe('Check “I agree” to continue.'), SLOWLY);
    expect(element.phase).toBe('idle');
    element.renderRoot.querySelector<HTMLInputElement>('#agree')!.click();
    expect(agreed.mock.calls[0][0].detail).toMatchObject({ given: true, language: 'en', retention: 30 });
    expect(agreed.mock.calls[0][0].detail.text).toMatch(
      /stored, encrypted, in this browser.*biometric data.*After 30 days.*deleted when this page is next opened\.$/,
    );
    await element.start();
    await element.updateComplete;
    expect(textOf(element)).toContain('Your face is set up');
    const vault = await openVault();
    expect(await vault.get('ann')).toMatchObject({ captures: 6 });
    vault.close();
    await element.erase();
    const after = await openVault();
    expect(await after.list()).toEqual([]);
    after.close();
  });

  it('shows one instruction at a time, and what is being waited for', async () => {
    const { element, verifier } = await mount({ mode: 'enroll', consent: 'given' });
    verifier.sees = (asked) => (asked === 'slightly-left' ? { yaw: 15, reasons: ['too-dark'] } : {});
    vi.spyOn(performance, 'now'); // the hint needs real time to last
    const told = new Set<string>();
    const watch = setInterval(() => told.add(textOf(element, '.instruction .words')), 10);
    const camera = element.camera as { pace?: number };
    camera.pace = 60;
    const running = element.start();
    await vi.waitFor(() => expect(textOf(element, '.instruction')).toMatch(/^Face a light Step \d of 6/), SLOWLY);
    expect(element.renderRoot.querySelectorAll('.instruction')).toHaveLength(1);
    expect(textOf(element)).not.toContain('Turn your head');
    button(element, 'Skip this step').click();
    await vi.waitFor(() => expect(textOf(element, '.instruction')).toMatch(/^Turn your head a little to your right/), SLOWLY);
    element.cancel();
    await running;
    clearInterval(watch);
    expect([...told]).toEqual(
      expect.arrayContaining(['Look straight into the camera', 'Turn your head a little to your left', 'Face a light']),
    );
  });
});

describe('a camera that cannot be used', () => {
  it.each([
    ['NotAllowedError', 'Camera access is blocked', true],
    ['NotFoundError', 'No camera found', false],
    ['NotReadableError', 'The camera is in use', false],
  ])('%s: %s', async (name, title, helps) => {
    withUserMedia(() => Promise.reject(new DOMException('no', name)));
    const { element } = await mount({}, { camera: PATIENT });
    const failed = vi.fn();
    element.addEventListener('visavis-error', failed);
    await element.start();
    await element.updateComplete;
    expect(textOf(element, '.title')).toBe(title);
    expect(textOf(element, '.help') !== '').toBe(helps);
    expect(failed).toHaveBeenCalledOnce();
    expect(button(element, 'Try again')).toBeTruthy();
  });

  it('is given up where nobody answers the browser’s question', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    withUserMedia(() => new Promise(() => {}));
    const { element } = await mount({}, { camera: PATIENT });
    const running = element.start();
    await until(element, 'asking-for-camera');
    expect(textOf(element, '.panel')).toBe('Allow the camera Choose Allow when your browser asks. Cancel');
    await vi.advanceTimersByTimeAsync(12_000);
    await element.updateComplete;
    expect(textOf(element, '.help')).not.toBe('');
    await vi.advanceTimersByTimeAsync(48_000);
    await running;
    vi.useRealTimers();
    await element.updateComplete;
    expect([element.phase, textOf(element, '.title')]).toEqual(['failed', 'Allow the camera']);
  });
});

describe('in a form', () => {
  it('is invalid while it is required and not passed', async () => {
    const form = document.createElement('form');
    document.body.append(form);
    const { element } = await mount({ required: '', name: 'face' });
    form.append(element);
    await element.updateComplete;
    expect([form.checkValidity(), element.validationMessage]).toEqual([false, 'Complete the face check to continue.']);
    await element.start();
    expect(form.checkValidity()).toBe(true);
    expect([...new FormData(form)]).toEqual([]); // nothing was signed, and a word alone proves nothing
    form.reset();
    expect([form.checkValidity(), element.phase]).toEqual([false, 'idle']);
  });

  it('does nothing while it is disabled', async () => {
    const { element } = await mount({ disabled: '' });
    await element.start();
    expect(element.phase).toBe('idle');
  });

  it('has the registration that a server asks for as its value, and sends itself', async () => {
    const form = document.createElement('form');
    document.body.append(form);
    const sent = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener('submit', sent);
    const attributes = { mode: 'enroll', consent: 'given', name: 'face', challenge: 'abcdefghijklmnop', subject: 'Ann', 'auto-submit': '' };
    const { element } = await mount(attributes);
    form.append(element);
    await element.start();
    const value = JSON.parse(new FormData(form).get('face') as string) as Record<string, unknown>;
    expect(value).toMatchObject({
      name: 'Ann',
      publicKey: { kty: 'EC' },
      proof: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
    });
    expect(sent).toHaveBeenCalledOnce();
  });
});

describe('its life', () => {
  it('leaves no track, engine or listener after 100 mounts, whenever it is removed', async () => {
    withUserMedia(async () => {
      await new Promise((resolve) => setTimeout(resolve, 4));
      return source().stream;
    });
    const targets = [window, document] as const;
    const [add, remove] = [
      targets.map((target) => vi.spyOn(target, 'addEventListener')),
      targets.map((target) => vi.spyOn(target, 'removeEventListener')),
    ];
    const phases = new Set<string>();
    const all: Drawn[] = [];
    for (let i = 0; i < 100; i++) {
      const { element, verifier } = await mount({}, { camera: PATIENT });
      all.push(element);
      verifier.sees = 'nobody';
      element.addEventListener('visavis-phase', ({ detail }) => phases.add(detail.phase));
      void element.start();
      if (i % 3 > 0) await until(element, 'asking-for-camera');
      if (i % 3 > 1) await new Promise((resolve) => setTimeout(resolve, 6));
      if (i % 25 === 0) await until(element, 'looking');
      element.remove();
      for (const { freeze } of sources.slice(0, -2)) freeze(); // a hundred canvases that keep drawing would be all that runs
    }
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(phases).toContain('looking');
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter(({ track }) => track.readyState === 'live')).toEqual([]);
    expect(all.map(({ phase }) => phase).filter((phase) => phase !== 'idle')).toEqual([]);
    const count = (spies: typeof add) => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    expect(count(add) - count(remove as unknown as typeof add)).toBe(0);
  });

  it('goes on where it is moved, stops where it is removed, and starts again', async () => {
    giveCameras(source(), source());
    const { element, verifier } = await mount({}, { camera: PATIENT });
    verifier.sees = 'nobody';
    void element.start();
    await until(element, 'looking');
    const place = document.createElement('div');
    document.body.append(place);
    place.append(element);
    await element.updateComplete;
    expect([element.phase, sources[0].track.readyState]).toEqual(['looking', 'live']);
    element.remove();
    await Promise.resolve();
    expect([element.phase, sources[0].track.readyState]).toEqual(['idle', 'ended']);
    document.body.append(element);
    verifier.sees = { person: 'ann' };
    await element.start();
    expect(element.phase).toBe('done');
  });

  it('stops where the page is hidden away for later', async () => {
    giveCameras(source());
    const { element, verifier } = await mount({}, { camera: PATIENT });
    verifier.sees = 'nobody';
    void element.start();
    await until(element, 'looking');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect([element.phase, sources[0].track.readyState]).toEqual(['idle', 'ended']);
  });

  it('is there twice, each by itself', async () => {
    const [first, second] = [await mount(), await mount()];
    second.verifier.sees = { person: 'bob' };
    await Promise.all([first.element.start(), second.element.start()]);
    expect([first.element, second.element].map((element) => textOf(element, '.title'))).toEqual(['Face matched', 'Not recognized']);
  });
});
