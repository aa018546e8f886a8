import { join } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser, LAUNCH_ARGS } from './tools/browser.mjs';
import { inlineWorkerPlugin } from './tools/inlineWorkerPlugin.js';
import { packedFilesPlugin } from './tools/packedFilesPlugin.js';
import { LATE_DEPENDENCIES } from './vite.config.js';

/**
 * On a machine that others share, a test may be too slow once: in CI it is repeated, and `npm test` lists it as flaky. A counterexample that
 * fast-check found is a fault, however seldom it is found, and what hangs would hang again.
 */
const retry = process.env.CI ? { count: 1, condition: /^(?!Property failed|Test timed out|Hook timed out)/ } : 0;

/** Two kinds of tests beside the sources: `*.test.ts` run in Node, `*.browser.test.ts` in Chromium. */
export default defineConfig({
  test: {
    // Where all is broken, an end before CI's own.
    bail: process.env.CI ? 20 : 0,
    projects: [
      {
        // The tools import the room by its public name, which Node finds in dist/: their tests need no build.
        plugins: [packedFilesPlugin(), inlineWorkerPlugin()],
        resolve: {
          alias: {
            'visavis/evaluation': join(import.meta.dirname, 'src/evaluation.ts'),
            'visavis/importer': join(import.meta.dirname, 'src/importer.ts'),
          },
        },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{src,tools,bench,demo}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          // Slow machines, and busy ones, are no fault; what hangs still ends.
          retry,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        plugins: [packedFilesPlugin(), inlineWorkerPlugin()],
        publicDir: 'public',
        optimizeDeps: { include: [...LATE_DEPENDENCIES, 'axe-core'] },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          retry,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 20_000 } },
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            connectTimeout: 300_000,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findBrowser(), args: LAUNCH_ARGS } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
