// npm test: everything, in a real browser. Finds a browser first, builds what the tests look at, then runs each kind of test to its end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { findBrowser } from './browser.mjs';

// Not in test-results/, which Playwright empties.
const REPORT = 'node_modules/.cache/unit.json';
const env = { ...process.env, VISAVIS_BROWSER: findBrowser() };

/** Characters of a step's output that are kept. */
const KEPT = 200_000;

const STEPS = [
  ['build the library', 'npm', 'run', '--silent', 'build'],
  ['check the package', 'node', 'tools/lint-package/main.mjs'],
  ['build the demo', 'npm', 'run', '--silent', 'build:demo'],
  ['unit and engine tests', 'npx', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`],
  ['end-to-end tests', 'npx', 'playwright', 'test'],
];

rmSync(REPORT, { force: true });
const failed = [];
let passed = 0;
/** What the unit tests said, if they failed. */
let said = '';
for (const [name, command, ...args] of STEPS) {
  console.log(`\n── ${name} ──`);
  const { status, signal, output } = await run(command, args);
  if (status === 0) {
    passed++;
    continue;
  }
  failed.push(signal ? `${name} (${signal})` : name);
  if (args[0] === 'vitest') said = output;
  if (command === 'npm') break; // nothing to test without a build
}
// In CI a test that fails is tried once more (vitest.config.ts): what then passed is still worth a look.
for (const line of reportedTests('passed')) console.warn(`flaky: ${line}`);
const left = STEPS.length - passed - failed.length;
console.log(`\n${passed} passed, ${failed.length} failed${left > 0 ? `, ${left} not run` : ''}`);
if (failed.length > 0) {
  for (const line of reportedTests('failed')) console.error(`✗ ${line}`);
  if (said) console.error(endOf(said));
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

/**
 * Runs a step to its end, shows what it prints, and keeps the last of it.
 *
 * @param {string} command
 * @param {string[]} args
 */
async function run(command, args) {
  const child = spawn(command, args, { stdio: ['inherit', 'pipe', 'pipe'], env, shell: process.platform === 'win32' });
  let output = '';
  for (const [stream, shown] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      shown.write(text);
      output = (output + text).slice(-KEPT);
    });
  }
  const [status, signal] = await once(child, 'close');
  return { status, signal, output };
}

/**
 * The end of what vitest printed, without the tests that passed: an error outside of every test stands there alone, and fails the run.
 *
 * @param {string} output
 */
function endOf(output) {
  const lines = output.split('\n').filter((line) => line.trim() && !line.includes('✓'));
  return lines.join('\n').slice(-4000);
}

/**
 * The unit tests that failed, or passed after they had failed: the tests that ran after them may have printed more than a log keeps.
 *
 * @param {'failed' | 'passed'} ended
 */
function reportedTests(ended) {
  let report;
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    return []; // none was written
  }
  /** @type {{ name: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[]} */
  const files = report.testResults;
  return files.flatMap(({ name, message, assertionResults }) => [
    ...(message && ended === 'failed' ? [`${name}: ${message}`] : []),
    ...assertionResults
      .filter(({ status, failureMessages }) => status === ended && (ended === 'failed' || failureMessages.length > 0))
      .map(({ fullName, failureMessages }) => `${name} › ${fullName}: ${(failureMessages[0] ?? '').slice(0, 1000)}`),
  ]);
}
