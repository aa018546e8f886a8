import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { acceptedModels } from '../demo/server/acceptedModels.js';
import { createChallenge } from '../src/server/createChallenge.js';
import { verifyAssertion } from '../src/server/verifyAssertion.js';
import { verifyRegistration } from '../src/server/verifyRegistration.js';
import { newProfile, visit } from './launch.js';
import { openSite } from './site.js';

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
