import { afterEach, expect, it } from 'vitest';
import type { DoneDetail } from './CaptureEvents.js';
import './register.js';

afterEach(() => document.body.replaceChildren());

it.each(['<visavis-capture></visavis-capture>', '<visavis-capture mode="enroll" models-url="/m/" auto-submit required></visavis-capture>'])(
  'leaves the attributes that a server wrote as they are, so that frameworks find what they expect: %s',
  async (markup) => {
    document.body.innerHTML = markup;
    const element = document.querySelector('visavis-capture')!;
    await customElements.whenDefined('visavis-capture');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(element.shadowRoot?.childElementCount).toBeGreaterThan(0);
    expect(document.body.innerHTML.replaceAll('=""', '')).toBe(markup);
  },
);

it.each([
  ['', true],
  ['false', false],
])('sends the form by itself as `auto-submit="%s"` says, which Vue and Svelte write for what is false', async (text, expected) => {
  document.body.innerHTML = `<visavis-capture auto-submit="${text}"></visavis-capture>`;
  await customElements.whenDefined('visavis-capture');
  expect(document.querySelector('visavis-capture')!.autoSubmit).toBe(expected);
});

it('lets nobody press or tick anything while it is disabled, by a fieldset too', async () => {
  document.body.innerHTML = `<form><fieldset disabled><visavis-capture mode="enroll" consent="ask" liveness light></visavis-capture></fieldset></form>`;
  await customElements.whenDefined('visavis-capture');
  const element = document.querySelector('visavis-capture')!;
  const controls = () =>
    [...element.shadowRoot!.querySelectorAll<HTMLButtonElement | HTMLInputElement>('button, input')].map(({ disabled }) => disabled);
  await expect.poll(controls).toEqual([true, true, true]);
  document.querySelector('fieldset')!.disabled = false;
  await expect.poll(controls).toEqual([false, false, false]);
  element.disabled = true;
  await expect.poll(controls).toEqual([true, true, true]);
});

it('knows its events where listeners are added and removed, and everybody else’s', () => {
  const element = document.createElement('visavis-capture');
  const seen: string[] = [];
  const onDone = ({ detail }: CustomEvent<DoneDetail>) => void seen.push(`done ${detail.passed}`);
  const onClick = ({ clientX }: MouseEvent) => void seen.push(`click ${clientX}`);
  const tell = () => {
    element.dispatchEvent(new CustomEvent('visavis-done', { detail: { passed: true } }));
    element.dispatchEvent(new MouseEvent('click', { clientX: 3 }));
  };
  element.addEventListener('visavis-done', onDone);
  element.addEventListener('click', onClick);
  tell();
  element.removeEventListener('visavis-done', onDone);
  element.removeEventListener('click', onClick);
  tell();
  expect(seen).toEqual(['done true', 'click 3']);
});
