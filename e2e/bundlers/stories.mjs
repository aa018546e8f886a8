// What somebody does with each app of examples/, up to a verdict.

/**
 * @typedef {object} Story
 * @property {string[][]} servers what serves the built app, and what serves it while it is developed; `PORT` is replaced
 * @property {(page: import('playwright').Page) => Promise<void>} use rejects where the app does not do what it should
 * @property {RegExp} [meant] what the browser complains of where the app means it: a status that refuses
 */

const SERVERS = ['start', 'dev'].map((script) => ['npm', 'run', '--silent', script, '--', '--port', 'PORT']);
/** @type {Story} */
const CHECK = { servers: SERVERS, use: isSeen };

/** @type {Record<string, Story>} */
export const STORIES = {
  'plain-form': {
    servers: [['env', 'PORT=PORT', 'npm', 'run', '--silent', 'start']],
    use: async (page) => {
      await enrollsAndLogsIn(page, { logIn: 'Log in', created: 'Account created', back: 'Start page' });
      await countsTries(page);
    },
    meant: /\b409\b/,
  },
  react: CHECK,
  vue: CHECK,
  svelte: CHECK,
  angular: CHECK,
  next: {
    servers: SERVERS.map((command) => ['env', 'ORIGIN=http://localhost:PORT', ...command]),
    use: async (page) => {
      await enrollsAndLogsIn(page, { logIn: 'Sign in', created: 'Sign in with your face' });
      const session = (await page.context().cookies()).find(({ name }) => name === 'session');
      // Secure where the origin is one of HTTPS, which this one is not.
      const { httpOnly, sameSite, secure } = session ?? {};
      if (!httpOnly || sameSite !== 'Strict' || secure) throw new Error(`a cookie for anybody: ${JSON.stringify(session)}`);
    },
  },
};

/** Starts the check, and reads what the app makes of its event. */
async function isSeen(/** @type {import('playwright').Page} */ page) {
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('status').filter({ hasText: 'A face was seen.' }).waitFor();
}

/**
 * A new account, whose other views a still face cannot show. Nobody is offered to enroll for it once more, by whom its face would be replaced. A
 * second account in the same browser; then a login to the first by face that the server accepts.
 * @param {import('playwright').Page} page
 * @param {{ logIn: string, created: string, back?: string }} texts a button, the heading after the enrollment, and the link from there
 */
async function enrollsAndLogsIn(page, texts) {
  await enrolls(page, 'ann', texts);
  await page.goBack();
  await isRefused(page);
  await asksToEnroll(page, 'ann');
  await isRefused(page);
  await enrolls(page, 'bob', texts);
  if (texts.back) await page.getByRole('link', { name: texts.back }).click();
  await page.getByLabel('Account name').fill('ann');
  await page.getByRole('button', { name: texts.logIn }).click();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('heading', { name: 'Welcome, ann' }).waitFor();
}

/** The account exists: no capture is offered. Ends at the start page. */
async function isRefused(/** @type {import('playwright').Page} */ page) {
  await page.getByRole('heading', { name: 'That account exists' }).waitFor();
  if ((await page.locator('visavis-capture').count()) > 0) throw new Error('a capture for an account that exists');
  await page.getByRole('link', { name: 'Start page' }).click();
}

async function asksToEnroll(/** @type {import('playwright').Page} */ page, /** @type {string} */ name) {
  await page.getByLabel('Account name').fill(name);
  await page.getByRole('button', { name: 'Create account' }).click();
}

/**
 * @param {import('playwright').Page} page
 * @param {string} name
 * @param {{ created: string }} texts
 */
async function enrolls(page, name, texts) {
  await asksToEnroll(page, name);
  await page.getByRole('checkbox', { name: 'I agree' }).check();
  await page.getByRole('button', { name: 'Start' }).click();
  const created = page.getByRole('heading', { name: texts.created });
  const skip = page.getByRole('button', { name: 'Skip this step' });
  while (!(await created.isVisible())) {
    await skip.or(created).first().waitFor();
    if (await skip.isVisible()) await skip.click({ timeout: 2000 }).catch(() => {});
  }
}

/** After twenty wrong tries from one address no more are judged, whether or not there is such an account. */
async function countsTries(/** @type {import('playwright').Page} */ page) {
  const address = new URL('/login?name=nobody', page.url()).href;
  const statuses = [];
  for (let i = 0; i < 21; i++) statuses.push((await page.request.post(address, { form: { face: 'signed by nobody' } })).status());
  if (statuses.join() !== `${'403,'.repeat(20)}429`) throw new Error(`expected 20 times 403, then 429, got ${statuses.join()}`);
}
