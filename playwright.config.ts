import { defineConfig } from '@playwright/test';

/** The browser is launched by the tests themselves (e2e/launch.ts): each scenario has its own camera. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // Slow machines, and busy ones, are no fault; what hangs still ends.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  fullyParallel: false,
  // Files side by side; the smallest machines have two processors.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // On a machine that others share, a test may be too slow once: it is repeated, and listed as flaky. Not those of races.spec.ts and vault.spec.ts.
  retries: process.env.CI ? 1 : 0,
  // Where all is broken, an end before CI's own.
  maxFailures: process.env.CI ? 10 : 0,
  reporter: [['list']],
  snapshotPathTemplate: 'e2e/transcripts/{arg}{ext}',
  outputDir: 'test-results',
});
