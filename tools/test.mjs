// npm test: everything, in a real browser. Finds a browser first, builds what the tests look at, then runs each kind of test to its end.
import { spawnSync } from 'node:child_process';
import { findBrowser } from './browser.mjs';

const env = { ...process.env, VISAVIS_BROWSER: findBrowser() };

const STEPS = [
  ['build the library', 'npm', 'run', '--silent', 'build'],
  ['check the package', 'node', 'tools/lint-package/main.mjs'],
  ['build the demo', 'npm', 'run', '--silent', 'build:demo'],
  ['unit and engine tests', 'npx', 'vitest', 'run'],
  ['end-to-end tests', 'npx', 'playwright', 'test'],
];

const failed = [];
for (const [name, command, ...args] of STEPS) {
  console.log(`\n── ${name} ──`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  if (status === 0) continue;
  failed.push(name);
  if (command === 'npm') break; // nothing to test without a build
}
console.log(`\n${STEPS.length - failed.length} passed, ${failed.length} failed`);
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
