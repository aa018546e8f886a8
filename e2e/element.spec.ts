import { expect, test, type Locator } from '@playwright/test';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptedModels } from '../demo/server/acceptedModels.js';
import { createChallenge } from '../src/server/createChallenge.js';
import { verifyAssertion } from '../src/server/verifyAssertion.js';
import { verifyRegistration } from '../src/server/verifyRegistration.js';
import { newProfile, visit } from './launch.js';
import { openSite } from './site.js';
import type { DoneDetail, VisavisCaptureElement } from '../src/element.js';
import type { createFaceVerifier } from '../src/index.js';

const MODELS = join(import.meta.dirname, '../public/models');

test('dist/element.js registers and logs in by a plain form, on a phone’s screen, with what a server accepts', async () => {
  const site = await openSite({ plain: true });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, { films: 'person01-a-front' });
  try {
    const page = await context.newPage();
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${site.url}fixtures/element.html`);
    const origin = new URL(site.url).origin;
    const output = page.locator('output');
    const [enroll, login] = [page.locator('#enroll visavis-capture'), page.locator('#login visavis-capture')];
    expect(await page.evaluate(() => document.querySelector<HTMLFormElement>('#login')!.checkValidity())).toBe(false);

    const first = (await createChallenge()).challenge;
    await enroll.evaluate((element, challenge) => element.setAttribute('challenge', challenge), first);
    await enroll.getByLabel('I agree').check();
    await enroll.getByRole('button', { name: 'Start' }).click();
    // A still picture does not turn its head. On the way, what is to be done is always in view.
    const seen = await enroll.evaluate(
      (element) =>
        new Promise<string[]>((resolve) => {
          const outside = new Set<string>();
          const root = element.shadowRoot!;
          const watch = setInterval(() => {
            const told = root.querySelector('dialog .instruction')?.getBoundingClientRect();
            if (told && !(told.top >= 0 && told.left >= 0 && told.bottom <= innerHeight && told.right <= innerWidth))
              outside.add('outside');
            if (told) outside.add('told');
            root.querySelector<HTMLButtonElement>('[part~="skip-button"]')?.click();
            if (element.getAttribute('phase') !== 'done') return;
            clearInterval(watch);
            resolve([...outside]);
          }, 50);
        }),
    );
    expect(seen).toEqual(['told']);
    await expect(output).toHaveText(/^\["enroll"/);
    const [, body] = JSON.parse((await output.textContent())!) as [string, string];
    const registered = await verifyRegistration(JSON.parse(body), { origin });
    expect(registered).toMatchObject({ name: 'ann', challenge: first });

    const second = (await createChallenge()).challenge;
    await login.evaluate((element, challenge) => element.setAttribute('challenge', challenge), second);
    await login.getByRole('button', { name: 'Start' }).click();
    await expect(output).toHaveText(/^\["login"/);
    await expect(login.locator('.title')).toHaveText('Face matched');
    const [, assertion] = JSON.parse((await output.textContent())!) as [string, string];
    const { keyId, publicJwk } = registered;
    const models = acceptedModels(join(import.meta.dirname, '../public/models'));
    const accepted = await verifyAssertion({ assertion }, { keyId, publicJwk, subject: 'ann', origin, models });
    expect(accepted).toMatchObject({ challenge: second, match: { model: 'mobilenet-160' } });
    expect(site.requests.filter((path) => path.includes('words/'))).toEqual([]);
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});

test('new weights: who enrolled with the older ones is renewed by one look, and logs in with the new ones from then on', async () => {
  const manifest = JSON.parse(readFileSync(join(MODELS, 'mobilenet-160/manifest.json'), 'utf8')) as { version: string };
  const newer = JSON.stringify({ ...manifest, version: '9.0.0' });
  const pin = `sha256-${createHash('sha256').update(newer).digest('base64')}`;
  const site = await openSite({
    plain: true,
    answer: (path, response) => {
      if (!path.startsWith('/newer/')) return false;
      const file = path.slice('/newer/'.length);
      response.end(file === 'mobilenet-160/manifest.json' ? newer : readFileSync(join(MODELS, file)));
      return true;
    },
  });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, { films: 'person01-a-front' });
  try {
    const page = await context.newPage();
    await page.goto(`${site.url}fixtures/element.html`);
    const [enroll, login] = [page.locator('#enroll visavis-capture'), page.locator('#login visavis-capture')];
    await enroll.getByLabel('I agree').check();
    await startedBy(enroll);

    await login.evaluate(async (element: VisavisCaptureElement, integrity) => {
      const visavis = (await import(new URL('../dist/visavis.js', location.href).href)) as {
        createFaceVerifier: typeof createFaceVerifier;
      };
      const verifier = visavis.createFaceVerifier({ modelsUrl: '/newer/', integrity: { 'mobilenet-160': integrity } });
      element.verifier = () => verifier;
    }, pin);
    expect(await startedBy(login)).toMatchObject({ failed: 'template-incompatible' });

    // The folder is the element's own: the older model is where it was.
    await login.evaluate((element: VisavisCaptureElement) => (element.renewFrom = {}));
    expect(await startedBy(login)).toEqual({ match: true, renewed: '9.0.0' });
    await expect(login.locator('.text')).toContainText('Your enrollment was updated.');
    expect(await startedBy(login)).toEqual({ match: true, renewed: undefined });
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});

/** Starts a capture, skips what a still picture cannot do, and says how it ended. */
function startedBy(capture: Locator): Promise<unknown> {
  return capture.evaluate(async (element: VisavisCaptureElement) => {
    let done: DoneDetail | undefined;
    element.addEventListener('visavis-done', ({ detail }) => (done = detail), { once: true });
    const skipping = setInterval(() => element.shadowRoot!.querySelector<HTMLButtonElement>('[part~="skip-button"]')?.click(), 50);
    await element.start();
    clearInterval(skipping);
    if (element.error) return { failed: (element.error as { code?: string }).code ?? element.error.message };
    const result = done?.result;
    return result?.mode === 'verify' ? { match: result.verification.match, renewed: result.renewed?.modelVersion } : null;
  });
}
