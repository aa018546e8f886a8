// npm test: everything, in a real browser. Finds a browser first, builds what the tests look at, then runs each kind of test to its end.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { findBrowser } from './browser.mjs';

const REPORT = 'test-results/unit.json';
const env = { ...process.env, VISAVIS_BROWSER: findBrowser() };

const STEPS = [
  ['build the library', 'npm', 'run', '--silent', 'build'],
  ['check the package', 'node', 'tools/lint-package/main.mjs'],
  ['build the demo', 'npm', 'run', '--silent', 'build:demo'],
  ['unit and engine tests', 'npx', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`],
  ['end-to-end tests', 'npx', 'playwright', 'test'],
];

rmSync(REPORT, { force: true });
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
  for (const line of failedTests()) console.error(line);
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

/** The unit tests that failed, once more: the tests that ran after them may have printed more than a log keeps. */
function failedTests() {
  let report;
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    return []; // none was written
  }
  /** @type {{ name: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[]} */
  const files = report.testResults;
  const tests = files.flatMap(({ name, message, assertionResults }) => [
    ...(message ? [`${name}: ${message}`] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${name} › ${fullName}: ${(failureMessages[0] ?? '').slice(0, 1000)}`),
  ]);
  return tests.map((line) => `✗ ${line}`);
}
