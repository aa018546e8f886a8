// What somebody does with each app of examples/, up to a verdict.

/**
 * @typedef {object} Story
 * @property {string[]} server what serves the built app; `PORT` is replaced
 * @property {(page: import('playwright').Page) => Promise<void>} use rejects where the app does not do what it should
 */

const START = ['npm', 'run', '--silent', 'start', '--', '--port', 'PORT'];
/** @type {Story} */
const CHECK = { server: START, use: isSeen };

/** @type {Record<string, Story>} */
export const STORIES = {
  'plain-form': { server: ['env', 'PORT=PORT', 'npm', 'run', '--silent', 'start'], use: enrollsAndLogsIn },
  react: CHECK,
  vue: CHECK,
  svelte: CHECK,
};

/** Starts the check, and reads what the app makes of its event. */
async function isSeen(/** @type {import('playwright').Page} */ page) {
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('status').filter({ hasText: 'A face was seen.' }).waitFor();
}

/** A new account, whose other views a still face cannot show; then a login by face that the server accepts. */
async function enrollsAndLogsIn(/** @type {import('playwright').Page} */ page) {
  const name = () => page.getByLabel('Account name');
  await name().fill('ann');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('checkbox', { name: 'I agree' }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  const created = page.getByRole('heading', { name: 'Account created' });
  const skip = page.getByRole('button', { name: 'Skip this step' });
  while (!(await created.isVisible())) {
    await skip.or(created).first().waitFor();
    if (await skip.isVisible()) await skip.click({ timeout: 2000 }).catch(() => {});
  }
  await page.getByRole('link', { name: 'Start page' }).click();
  await name().fill('ann');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { name: 'Welcome, ann' }).waitFor();
}
