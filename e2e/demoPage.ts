import { expect, type Locator, type Page } from '@playwright/test';
import type { DoneDetail } from '../src/element.js';

/** The page's `<visavis-capture>`. */
export function capture(page: Page): Locator {
  return page.locator('visavis-capture');
}

export async function ready(page: Page): Promise<void> {
  await expect(page.locator('#engine-status')).toHaveAttribute('data-state', 'ready');
}

/** Presses the capture's own button. */
export async function start(page: Page): Promise<void> {
  await capture(page).getByRole('button', { name: 'Start' }).click();
}

/** Agrees, and enrolls on the demo's page, in front of a camera that films one picture. */
export async function enroll(page: Page): Promise<void> {
  await capture(page).getByLabel('I agree').check();
  await start(page);
  await finishEnrollment(page);
}

/** Waits for an enrollment that has begun, and skips the wait and the views that one picture cannot show. */
export async function finishEnrollment(page: Page): Promise<void> {
  const skip = capture(page).locator('[part~=skip-button]');
  await expect(async () => {
    if (await skip.isVisible()) await skip.click({ timeout: 15_000 });
    await expect(page.locator('#verdict')).toHaveAttribute('data-outcome', 'enrolled', { timeout: 250 });
  }).toPass({ timeout: 300_000, intervals: [100] });
}

export interface Seen {
  readonly match: boolean;
  /** Null where nothing was compared. */
  readonly distance: number | null;
}

/** Logs in, by whatever button is there for it; resolves with what was decided. */
export async function logIn(page: Page): Promise<Seen> {
  const decided = capture(page).evaluate(
    (element) =>
      new Promise<Seen>((resolve) => {
        element.addEventListener(
          'visavis-done',
          (event) => {
            const { result } = (event as CustomEvent<DoneDetail>).detail;
            if (result.mode === 'verify') resolve({ match: result.verification.match, distance: result.verification.normalizedDistance });
          },
          { once: true },
        );
      }),
  );
  await loginButton(page).click();
  return decided;
}

/** "Start" at first, "Log in" after an enrollment, "Log in again" after a match, "Try again" after none. */
export function loginButton(page: Page): Locator {
  const own = capture(page).getByRole('button', { name: /^(Start|Try again)$/ });
  return own.or(page.locator('#next-button').filter({ visible: true }));
}
