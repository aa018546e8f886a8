import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PATIENT } from '../../e2e/fixtures/patient.js';
import { button, mount, until } from './fixtures/mount.js';

const told: string[] = [];

beforeEach(() => {
  told.length = 0;
  vi.spyOn(speechSynthesis, 'speak').mockImplementation(({ lang, text }) => void told.push(`${lang}: ${text}`));
  vi.spyOn(speechSynthesis, 'cancel').mockImplementation(() => void told.push('hush'));
  vi.spyOn(navigator, 'vibrate').mockImplementation((pattern) => told.push(`buzz ${JSON.stringify(pattern)}`) > 0);
});

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

const said = (entries: readonly string[]) => entries.filter((entry) => entry !== 'hush');

it('says each thing to do once, in the page’s language, and a step as it is done', async () => {
  const { element, camera } = await mount({ mode: 'enroll', consent: 'given', lang: 'de', cues: 'speech vibration' });
  await vi.waitFor(() => expect(button(element, 'Starten')).toBeTruthy(), PATIENT);
  Object.assign(camera, { pace: 15 });
  await element.start();
  await element.updateComplete;
  const speech = said(told).filter((entry) => !entry.startsWith('buzz'));
  expect(speech).toEqual([
    'de: Schauen Sie gerade in die Kamera',
    'de: Drehen Sie den Kopf etwas nach links',
    'de: Drehen Sie den Kopf etwas nach rechts',
    expect.stringMatching(/^de: (Kommen Sie etwas näher|Schauen Sie gerade in die Kamera)$/),
    ...speech.slice(4, -1),
    'de: Ihr Gesicht ist eingerichtet. Die Bilder wurden gelöscht.',
  ]);
  const buzzes = told.filter((entry) => entry.startsWith('buzz'));
  expect([buzzes.length > 2, buzzes.at(-1), new Set(buzzes.slice(0, -1))]).toEqual([true, 'buzz [40,60,40]', new Set(['buzz [40]'])]);
  // A capture is felt before the next thing is said.
  expect(told.indexOf('buzz [40]')).toBeGreaterThan(told.indexOf(speech[0]));
});

it('tells a refusal otherwise than a match', async () => {
  const { element, verifier } = await mount({ cues: 'vibration' });
  verifier.sees = { person: 'bob' };
  await element.start();
  await element.updateComplete;
  expect(told).toEqual(['buzz [180]']);
});

it('says nothing unless the page asks for it', async () => {
  const audio = vi.spyOn(window, 'AudioContext');
  const { element } = await mount({ mode: 'enroll', consent: 'given' });
  await element.start();
  element.remove();
  await Promise.resolve();
  expect([told, audio.mock.calls]).toEqual([[], []]);
});

it.each(['removed', 'canceled'])('is silent at once when it is %s, and stays so', async (how) => {
  const audio = vi.spyOn(AudioContext.prototype, 'close');
  const { element, verifier } = await mount({ cues: 'speech sound vibration' });
  verifier.sees = 'nobody';
  void element.start();
  await until(element, 'looking');
  await vi.waitFor(() => expect(said(told)).not.toEqual([]), PATIENT);
  told.length = 0;
  if (how === 'removed') element.remove();
  else element.cancel();
  await element.updateComplete;
  await Promise.resolve();
  expect(told).toEqual(['hush', 'buzz 0']);
  expect(audio).toHaveBeenCalledOnce();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(said(told)).toEqual(['buzz 0']);
});
