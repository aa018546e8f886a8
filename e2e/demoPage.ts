import { expect, type Page } from '@playwright/test';

/** Waits for the engine and turns the camera on. */
export async function turnOn(page: Page): Promise<void> {
  await expect(page.locator('#engine-status')).toHaveAttribute('data-state', 'ready');
  await page.locator('#camera-button').click();
  await expect(page.locator('#stage')).toHaveAttribute('data-state', 'live');
}

/** Enrolls on the demo's page, in front of a camera that films one picture. */
export async function enroll(page: Page): Promise<void> {
  await page.locator('#enroll-button').click();
  await finishEnrollment(page);
}

/** Waits for an enrollment that has begun, and skips the views that one picture cannot show. */
export async function finishEnrollment(page: Page): Promise<void> {
  const skip = page.locator('#prompt-skip');
  const verdict = page.locator('#verdict');
  await expect(async () => {
    if (await skip.isVisible()) await skip.click({ timeout: 1000 });
    await expect(verdict).toHaveAttribute('data-outcome', 'enrolled', { timeout: 250 });
  }).toPass({ timeout: 60_000, intervals: [100] });
}
