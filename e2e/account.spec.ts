import { expect, test, type Page } from '@playwright/test';
import type { VisavisCaptureElement } from '../src/element.js';
import { capture, enroll, logIn, ready, start } from './demoPage.js';
import { newProfile, visit, type FakeCamera } from './launch.js';
import { builtPageHeaders, openSite, type Site } from './site.js';

let site: Site;
let profile: Awaited<ReturnType<typeof newProfile>>;

test.beforeEach(async () => {
  site = await openSite({ headers: builtPageHeaders(), server: {} });
  profile = await newProfile();
});
test.afterEach(async () => {
  await profile.remove();
  await site.close();
});

/** Opens the page in front of a camera; fails if the page violates its own policy. */
async function before(camera: FakeCamera, act: (page: Page) => Promise<void>): Promise<void> {
  const { context, close } = await visit(profile.folder, camera);
  const violations: string[] = [];
  context.on('console', (message) => {
    if (/content security policy|trusted ?types|integrity/i.test(message.text())) violations.push(message.text());
  });
  try {
    const page = await context.newPage();
    await page.goto(site.url);
    await act(page);
    expect(violations).toEqual([]);
  } finally {
    await close();
  }
}

async function enrollWithAccount(page: Page, name: string): Promise<void> {
  await expect(page.locator('#server')).toHaveAttribute('data-stage', 'new');
  await expect(page.locator('#server-create')).toBeDisabled();
  await ready(page);
  await enroll(page);
  await page.locator('#server-name').fill(name);
  await page.locator('#server-create').click();
  await expect(page.locator('#server')).toHaveAttribute('data-stage', 'registered');
}

/** What the server's own page says. */
async function serverPage(page: Page): Promise<string> {
  const other = await page.context().newPage();
  await other.goto(`${site.url}api/session.html`);
  const text = await other.locator('main').innerText();
  await other.close();
  return text;
}

test('enroll, log in, the server’s page; another person is refused; forgetting leaves nothing here and there', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    await enrollWithAccount(page, 'Ann');
    expect(await serverPage(page)).toContain('Not signed in');
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'open');
    await expect(page.locator('#server-title')).toHaveText('Signed in to the server as Ann');
    expect(await serverPage(page)).toMatch(/Hello, Ann[^]*mobilenet-160[^]*1 in 1000[^]*not checked/);
    const cookie = (await page.context().cookies()).find(({ name }) => name === '__Host-visavis-session');
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/' });
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.locator('#server-sign-out').click();
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'registered');
    expect(await serverPage(page)).toContain('Not signed in');
  });

  await before({ films: 'person06-a-front' }, async (page) => {
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'registered');
    await ready(page);
    const asked = site.requests.length;
    expect((await logIn(page)).match).toBe(false);
    await expect(capture(page).locator('.title')).toHaveText('Not recognized');
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'registered');
    expect(site.requests.slice(asked)).toEqual([]); // a no-match is never sent to the server
    expect(await serverPage(page)).toContain('Not signed in');
  });

  await before({ films: 'person01-d-smile' }, async (page) => {
    await ready(page);
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'open');
    await page.locator('#forget-button').click();
    await page.locator('#forget-confirm').click();
    await expect(page.locator('#verdict')).toHaveAttribute('data-outcome', 'forgotten');
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'new');
    const left = await page.evaluate(async () => ({
      databases: (await indexedDB.databases()).map(({ name }) => name),
      local: Object.keys(localStorage).filter((key) => key.includes('account')),
    }));
    expect(left).toEqual({ databases: [], local: [] });
    expect((await page.context().cookies()).filter(({ name }) => name.includes('session'))).toEqual([]);
    expect(await serverPage(page)).toContain('Not signed in');
    // The name is free: the server has forgotten it.
    await enroll(page);
    await page.locator('#server-name').fill('ann');
    await page.locator('#server-create').click();
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'registered');
  });
});

test('only who is signed in to this browser’s account sets it up again; everybody else may delete it', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    const again = page.locator('#enroll-button');
    await enrollWithAccount(page, 'Ann');
    await expect(again).toBeHidden();
    await expect(page.locator('#account-text')).toContainText('log in first');
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'open');
    await again.click();
    await enroll(page);
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'open');

    // Begun by who is signed in, and signed out elsewhere before somebody stands there.
    await again.click();
    await capture(page).getByLabel('I agree').check();
    const other = await page.context().newPage();
    await other.goto(site.url);
    await other.locator('#server-sign-out').click();
    await expect(other.locator('#server')).toHaveAttribute('data-stage', 'registered');
    await other.close();
    await start(page);
    const skip = capture(page).locator('[part~=skip-button]');
    const notice = page.locator('#notice');
    await expect(async () => {
      if (await skip.isVisible()) await skip.click({ timeout: 15_000 });
      await expect(notice).toHaveAttribute('data-code', 'account-held', { timeout: 250 });
    }).toPass({ timeout: 300_000, intervals: [100] });
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'registered');
  });

  await before({ films: 'person06-a-front' }, async (page) => {
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'registered');
    await ready(page);
    // The one who was there before is enrolled still.
    expect((await logIn(page)).match).toBe(false);
    await expect(page.locator('#enroll-button')).toBeHidden();
    await page.locator('#forget-button').click();
    await page.locator('#forget-confirm').click();
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'new');
    await enroll(page);
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'new');
    expect(await serverPage(page)).toContain('Not signed in');
  });
});

test('a passkey as the second factor: without its answer nobody gets in', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    });
    await enrollWithAccount(page, 'Bo');
    expect((await logIn(page)).match).toBe(true);
    await page.locator('#server-passkey').click();
    await expect(page.locator('#server-passkey-remove')).toBeVisible();
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);
    await page.locator('#server-sign-out').click();
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'registered');

    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server-message')).toHaveText(/canceled or timed out/);
    expect(await serverPage(page)).toContain('Not signed in');

    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'open');
    expect(await serverPage(page)).toMatch(/Hello, Bo[^]*Passkey\s+used/);

    await page.locator('#server-delete').click();
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'new');
    await expect(page.locator('#server-message')).toHaveText(/deleted/);
  });
});

/** As when somebody comes back to the page from another tab. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

test('a server that does not answer is asked again, holds nothing up for long, and is not taken for none', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    await enrollWithAccount(page, 'Ann');
    const card = page.locator('#server');
    const everything = '**/api/**';

    await page.route(everything, (route) => route.abort());
    await page.reload();
    await expect(card).toHaveAttribute('data-stage', 'unreachable');
    await expect(page.locator('#account-text')).toContainText('log in first');
    await ready(page);
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server-message')).toContainText('signed you in to nothing');
    await page.unroute(everything);
    expect((await logIn(page)).match).toBe(true);
    await expect(card).toHaveAttribute('data-stage', 'open');

    await page.route(everything, (route) => route.abort());
    await comeBack(page);
    await expect(card).toHaveAttribute('data-stage', 'unreachable');
    await page.unroute(everything);
    await comeBack(page);
    await expect(card).toHaveAttribute('data-stage', 'open');

    // It accepts, and never answers.
    await page.route(everything, () => undefined);
    await page.locator('#forget-button').click();
    await page.locator('#forget-confirm').click();
    await expect(page.locator('#forget-button')).toHaveText('Forgetting …');
    await expect(capture(page)).toHaveAttribute('inert', '');
    await expect(page.locator('#verdict')).toHaveAttribute('data-outcome', 'forgotten');
    await expect(page.locator('#verdict-text')).toContainText('couldn’t be deleted');
    await expect(page.locator('#verdict-title')).toBeFocused();
    await page.unroute(everything);
    await page.locator('#server-delete').click();
    await expect(card).toHaveAttribute('data-stage', 'new');
  });
});

test('what another tab does to the account is seen on coming back, and said after a match', async () => {
  await before({ films: 'person01-a-front' }, async (page) => {
    const elsewhere = async (button: string, stage: string) => {
      const other = await page.context().newPage();
      await other.goto(site.url);
      await other.locator(button).click();
      await expect(other.locator('#server')).toHaveAttribute('data-stage', stage);
      await other.close();
    };
    await enrollWithAccount(page, 'Ann');
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'open');
    await elsewhere('#server-sign-out', 'registered');
    await comeBack(page);
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'registered');
    await elsewhere('#server-delete', 'new');
    expect((await logIn(page)).match).toBe(true);
    await expect(page.locator('#server-message')).toContainText('deleted in another tab');
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'new');
  });
});

test('where the server demands movements, they are asked for as soon as there is an account', async () => {
  await site.close();
  site = await openSite({ headers: builtPageHeaders(), server: { demandLiveness: true } });
  await before({ films: 'person01-a-front' }, async (page) => {
    const movements = page.locator('#liveness-switch');
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'new');
    await expect(movements).not.toBeChecked();
    await enrollWithAccount(page, 'Ann');
    await expect(movements).toBeChecked();
    await expect(movements).toBeDisabled();
    await expect(movements).toHaveAccessibleDescription('The server of your account demands movements.');
    await expect.poll(() => capture(page).evaluate((element: VisavisCaptureElement) => element.liveness)).toBe(true);
    await page.locator('#server-delete').click();
    await expect(movements).toBeEnabled();
    await expect(movements).not.toBeChecked();
  });
});

test('served without its server, the page says that a login stays here', async () => {
  await site.close();
  site = await openSite({ headers: builtPageHeaders() });
  await before('none', async (page) => {
    await expect(page.locator('#server')).toHaveAttribute('data-stage', 'local');
    await expect(page.locator('#server')).toContainText('This device only');
    await expect(page.locator('#server-form')).toBeHidden();
    // There before its text, so that screen readers announce it.
    await expect(page.locator('#server-message').and(page.getByRole('status'))).toHaveCount(1);
  });
});
