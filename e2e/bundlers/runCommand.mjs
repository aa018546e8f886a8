import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Quiet tools: no colors, no telemetry, no questions. */
const QUIET = {
  NO_COLOR: '1',
  CI: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
  PARCEL_WORKERS: '1',
  npm_config_update_notifier: 'false',
};

const environment = (/** @type {string} */ folder) => ({
  ...process.env,
  ...QUIET,
  PATH: [join(folder, 'node_modules/.bin'), process.env.PATH].join(delimiter),
});

/**
 * Runs a command to its end.
 * @param {string} folder where
 * @param {string[]} command name and arguments
 * @param {number} limit milliseconds
 * @returns {Promise<string>} what it printed; rejects with that where it failed
 */
export function runCommand(folder, [name = '', ...args], limit = 300_000) {
  const child = spawn(name, args, {
    cwd: folder,
    env: environment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${name} ${args.join(' ')} ended with ${code}\n${output}`)),
    );
  });
}

/**
 * Starts a server and waits until it answers.
 * @param {string} folder where
 * @param {string[]} command name and arguments
 * @param {string} url
 * @returns {Promise<{ close: () => Promise<void>, output: () => string }>}
 */
export async function startServer(folder, [name = '', ...args], url) {
  const child = spawn(name, args, { cwd: folder, env: environment(folder), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const ended = new Promise((resolve) => child.on('close', resolve));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const close = async () => {
    // The whole group: tools start further processes.
    if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  for (let tries = 0; tries < 480; tries++) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}\n${output}`);
    if (await answers(url)) return { close, output: () => output };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await close();
  throw new Error(`${name} did not answer within two minutes\n${output}`);
}

const answers = (/** @type {string} */ url) =>
  fetch(url, { signal: AbortSignal.timeout(20_000) }).then(
    (response) => response.ok,
    () => false,
  );
