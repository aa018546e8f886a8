import { expect, test, type Page } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { withDevPage } from '../tools/withDevPage.mjs';
import { capture, enroll, loginButton, ready } from './demoPage.js';
import { facePath, newProfile, visit } from './launch.js';
import { openSite } from './site.js';
import { makingOf, readAttempts } from './attacks/readAttempts.mjs';
import type { Attempt, Suite } from './attacks/suite.js';

/** People who do not look alike. */
const PEOPLE = ['person01-a-front', 'person02-a-front', 'person06-a-front', 'person08-a-front'];

/** A page with the suite of e2e/attacks; `npm run attacks` runs all of it. */
async function withSuite(
  challenges: readonly string[] | undefined,
  act: (attempt: (kind: string, number: number) => Promise<Attempt>, page: Page) => Promise<void>,
) {
  await withDevPage(async (page: Page) => {
    const pictures = await Promise.all(
      PEOPLE.map(async (name) => [`data:image/jpeg;base64,${(await readFile(facePath(name))).toString('base64')}`] as const),
    );
    await page.evaluate(
      async ({ pictures, challenges }) => {
        const path = '/e2e/attacks/suite.ts';
        const { openSuite } = (await import(/* @vite-ignore */ path)) as typeof import('./attacks/suite.js');
        Object.assign(globalThis, { suite: await openSuite(pictures, challenges as Parameters<typeof openSuite>[1]) });
      },
      { pictures, challenges },
    );
    await act(
      (kind, number) =>
        page.evaluate(([kind, number]) => (globalThis as unknown as { suite: Suite }).suite.attempt(kind, number), [kind, number] as const),
      page,
    );
  });
}

test('a person passes: unmirrored and mirrored, landscape and portrait', async () => {
  await withSuite(undefined, async (attempt) => {
    for (const number of [0, 1, 2]) {
      const { passed, reason, done, parallax, restDrift } = await attempt('genuine', number);
      expect({ number, passed, reason, done }).toEqual({ number, passed: true, reason: '', done: 3 });
      expect(parallax).toBeGreaterThan(0);
      expect(restDrift).toBeLessThan(0.5);
    }
  });
});

test('a person enrolls by guided views, and is recognized afterwards: unmirrored and mirrored, landscape and portrait', async () => {
  await withSuite(undefined, async (_, page) => {
    for (const number of [0, 1, 2]) {
      const enrolled = await page.evaluate((n) => (globalThis as unknown as { suite: Suite }).suite.enroll(n), number);
      const views = ['front', 'slightly-left', 'slightly-right', 'other-distance'];
      expect({ number, ...enrolled }).toMatchObject({ number, views, captures: 6, match: true, stranger: false });
      expect(enrolled.consistency).toBeGreaterThan(0.8);
    }
  });
});

test('pictures, a replay, a swap and company do not', async () => {
  await withSuite(undefined, async (attempt) => {
    const reasons: Record<string, string[]> = {
      'photo moved, tilted and zoomed': ['timeout', 'wrong-action', 'flat', 'identity-changed'],
      'photo with cut-out eyes and mouth': ['timeout', 'wrong-action', 'flat', 'identity-changed'],
      'replay of another session': ['wrong-action', 'timeout'],
      'face swapped halfway': ['identity-changed', 'jump'],
      'frozen camera': ['frozen'],
      'second face entering': ['several-faces'],
    };
    for (const [kind, expected] of Object.entries(reasons)) {
      const { passed, reason } = await attempt(kind, 0);
      expect({ kind, passed }).toEqual({ kind, passed: false });
      expect([kind, expected]).toEqual([kind, expect.arrayContaining([reason]) as string[]]);
    }
  });
});

test('photographs in turn do not pass: cut, faded, few a second or without times', async () => {
  await withSuite(['turn-left', 'turn-right', 'look-up'], async (attempt) => {
    const reasons: Record<string, string[]> = {
      'stills, one half-way': ['timeout'],
      'stills, cross-faded': ['timeout', 'jump', 'identity-changed'],
      'stills, 1 frame a second': ['slow-frames', 'jump'],
      // It has the machine's own times, at which a slow one sees too little.
      'stills, no times': ['jump', 'timeout', 'slow-frames', 'interrupted'],
    };
    for (const [kind, expected] of Object.entries(reasons)) {
      const { passed, reason } = await attempt(kind, 0);
      expect({ kind, passed }).toEqual({ kind, passed: false });
      expect([kind, expected]).toEqual([kind, expect.arrayContaining([reason]) as string[]]);
    }
  });
});

test('a person on a slow device passes, and matches; whoever is blended with another at the last rest is not let in as the other', async () => {
  await withSuite(['turn-left'], async (attempt) => {
    const slow = await attempt('genuine, 6 frames a second', 0);
    expect(slow).toMatchObject({ passed: true, reason: '', match: true });
    const blend = await attempt('blend at the last rest', 0);
    expect(blend).toMatchObject({ match: false });
  });
});

test('in the light of the screen a person passes, and prints, screens and other films do not', async () => {
  await withSuite(undefined, async (attempt) => {
    for (const number of [0, 1]) {
      const { passed, reason, light } = await attempt('light: genuine', number);
      expect({ number, passed, reason }).toEqual({ number, passed: true, reason: '' });
      expect(light!.strength).toBeGreaterThan(0.05);
    }
    const reasons: Record<string, string> = {
      'light: print in place of the face': 'flat-light',
      'light: screen that does what is asked': 'no-light',
      'light: film with other colors': 'wrong-light',
      'light: genuine, in sunlight': 'no-light',
    };
    for (const [kind, expected] of Object.entries(reasons)) {
      const { passed, reason, done } = await attempt(kind, 0);
      expect({ kind, passed, reason, done }).toEqual({ kind, passed: false, reason: expected, done: 1 });
    }
  });
});

test('in the demo a picture before a real camera is asked to move, and refused', async () => {
  const site = await openSite();
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, { films: 'person01-a-front' });
  try {
    const page = await context.newPage();
    await page.goto(site.url);
    await ready(page);
    await enroll(page);
    // Light is off on every visit, and not available without movements.
    const light = capture(page).getByLabel('Light from the screen');
    await page.reload();
    await ready(page);
    await expect(capture(page).locator('.title')).toHaveText('Confirm it’s you');
    await expect(light).toHaveCount(0);
    await page.locator('#liveness-switch').check();
    await expect(light).not.toBeChecked();
    await expect(capture(page)).toContainText('photosensitive epilepsy');
    await light.check();
    await page.locator('#liveness-switch').uncheck();
    await expect(light).toHaveCount(0);
    await page.locator('#liveness-switch').check();
    await expect(light).not.toBeChecked();
    await light.check();
    const instruction = capture(page).locator('.instruction .words');
    // What is on screen for a moment, however late the test asks for it.
    const told = await capture(page).evaluateHandle((element) => {
      const texts = new Set<string>();
      setInterval(() => texts.add(element.shadowRoot?.querySelector('.instruction .words')?.textContent.trim() ?? ''), 10);
      return texts;
    });
    await loginButton(page).click();
    // A film of one picture without noise is recognized as a frozen camera, or time runs out.
    await expect(capture(page)).toHaveAttribute('phase', 'done', { timeout: 60_000 });
    await expect(capture(page).locator('.title')).toHaveText('Check not passed');
    await expect(capture(page).locator('[role=status]')).toContainText('Check not passed');
    await expect(instruction).toHaveCount(0);
    expect(await told.evaluate((texts) => [...texts])).toContain('Look straight into the camera');
    await page.reload();
    await expect(page.locator('#liveness-switch')).toBeChecked();
    await expect(light).not.toBeChecked();
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});

test('a person before a real camera passes, once for one verification', async () => {
  test.setTimeout(600_000);
  let jpegs: Uint8Array[] = [];
  await withSuite(['turn-left'], async (_, page) => {
    const rows = await page.evaluate(() => (globalThis as unknown as { suite: Suite }).suite.turnToTheLeft());
    jpegs = rows.map((row) => Buffer.from(row, 'base64'));
  });
  const site = await openSite({ plain: true });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, { plays: jpegs });
  try {
    const page = await context.newPage();
    await page.goto(new URL('examples/plain.html', site.url).href);
    const outcome = await page.evaluate(async () => {
      const path = '/dist/visavis.js';
      const sdk = (await import(/* @vite-ignore */ path)) as typeof import('../src/index.js');
      const verifier = await sdk.createFaceVerifier({ modelsUrl: '/public/models/' });
      const camera = await sdk.openCamera();
      const template = await verifier.enroll(camera.frames({ limit: 3 }));
      const prompts: string[] = [];
      // The film turns every five seconds, whatever it is asked for; a machine that is busy sees too few frames of some turns to follow them.
      const patient = { challenges: ['turn-left'], timeLimit: 60_000 } as const;
      const run = () => {
        prompts.length = 0;
        return sdk.createLivenessSession(verifier, patient).run(camera, { onPrompt: ({ action }) => prompts.push(action) });
      };
      let live = await run();
      const ofMachine = (reason: string | undefined) => ['slow-frames', 'interrupted', 'timeout'].includes(reason ?? '');
      for (let n = 0; n < 2 && ofMachine(live.reason); n++) live = await run();
      if (!live.passed) throw new Error(`not passed: ${live.reason}, ${Math.round(live.measures.interval)} ms from frame to frame`);
      // At once: a session counts for a minute.
      const once = await verifier.verify(live.captures, template, { liveness: live });
      const twice = await verifier.verify(live.captures, template, { liveness: live });
      // The film does not respond to the screen.
      const shown: (string | null)[] = [];
      const unlit = await sdk.createLivenessSession(verifier, { ...patient, light: { show: (color) => shown.push(color) } }).run(camera);
      camera.stop();
      return { prompts, reason: live.reason ?? '', passed: live.passed, unlit: unlit.reason, shown, once, twice: twice.reason };
    });
    expect(outcome).toMatchObject({
      reason: '',
      passed: true,
      prompts: ['face-camera', 'turn-left', 'face-camera'],
      twice: 'liveness-used',
      unlit: 'no-light',
    });
    expect(outcome.shown).toHaveLength(7);
    expect(outcome.shown.at(-1)).toBeNull();
    expect(outcome.once).toMatchObject({ match: true, frames: 4, liveness: { challenges: ['turn-left'] } });
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
});

test('attempts of an earlier run count only if they were made in the same way', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-attempts-'));
  const file = join(folder, 'attempts.json');
  try {
    const picture = join(folder, 'ann.jpg');
    await writeFile(picture, 'abc');
    const made = await makingOf(folder, ['ann.jpg']);
    expect(made).toEqual(await makingOf(relative(process.cwd(), folder), ['ann.jpg']));
    const attempts = [{ kind: 'genuine', number: 0 }];
    await writeFile(file, JSON.stringify({ made, attempts }));
    expect(await readAttempts(file, made)).toEqual(attempts);
    await writeFile(picture, 'abcd');
    await expect(readAttempts(file, await makingOf(folder, ['ann.jpg']))).rejects.toThrow(`of other pictures, in ${folder}`);
    await expect(readAttempts(file, await makingOf(folder, []))).rejects.toThrow('of other pictures');
    await expect(readAttempts(file, { ...made, code: 'another' })).rejects.toThrow('with other code');
    await writeFile(file, JSON.stringify(attempts));
    await expect(readAttempts(file, made)).rejects.toThrow('by an older version');
  } finally {
    await rm(folder, { recursive: true });
  }
});
