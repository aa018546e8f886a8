// What somebody does with each app of examples/, up to a verdict.

/**
 * @typedef {object} Story
 * @property {string[][]} servers what serves the built app, and what serves it while it is developed; `PORT` is replaced
 * @property {(page: import('playwright').Page) => Promise<void>} use rejects where the app does not do what it should
 */

const SERVERS = ['start', 'dev'].map((script) => ['npm', 'run', '--silent', script, '--', '--port', 'PORT']);
/** @type {Story} */
const CHECK = { servers: SERVERS, use: isSeen };

/** @type {Record<string, Story>} */
export const STORIES = {
  'plain-form': {
    servers: [['env', 'PORT=PORT', 'npm', 'run', '--silent', 'start']],
    use: (page) => enrollsAndLogsIn(page, { logIn: 'Log in', created: 'Account created', back: 'Start page' }),
  },
  react: CHECK,
  vue: CHECK,
  svelte: CHECK,
  angular: CHECK,
  next: {
    servers: SERVERS.map((command) => ['env', 'ORIGIN=http://localhost:PORT', ...command]),
    use: (page) => enrollsAndLogsIn(page, { logIn: 'Sign in', created: 'Sign in with your face' }),
  },
};

/** Starts the check, and reads what the app makes of its event. */
async function isSeen(/** @type {import('playwright').Page} */ page) {
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('status').filter({ hasText: 'A face was seen.' }).waitFor();
}

/**
 * A new account, whose other views a still face cannot show; then a login by face that the server accepts.
 * @param {import('playwright').Page} page
 * @param {{ logIn: string, created: string, back?: string }} texts a button, the heading after the enrollment, and the link from there
 */
async function enrollsAndLogsIn(page, texts) {
  const name = () => page.getByLabel('Account name');
  await name().fill('ann');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('checkbox', { name: 'I agree' }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  const created = page.getByRole('heading', { name: texts.created });
  const skip = page.getByRole('button', { name: 'Skip this step' });
  while (!(await created.isVisible())) {
    await skip.or(created).first().waitFor();
    if (await skip.isVisible()) await skip.click({ timeout: 2000 }).catch(() => {});
  }
  if (texts.back) await page.getByRole('link', { name: texts.back }).click();
  await name().fill('ann');
  await page.getByRole('button', { name: texts.logIn }).click();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { name: 'Welcome, ann' }).waitFor();
}
