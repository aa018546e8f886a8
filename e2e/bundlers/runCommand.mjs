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
  npm_config_fetch_retries: '5',
};

/** Processes in groups of their own, which Ctrl-C does not reach by itself. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => running.forEach(killGroup));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.once(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));

/** Ends a process with all that it started: tools start further ones, which may outlive them, and hold their output open. */
function killGroup(/** @type {import('node:child_process').ChildProcess} */ { pid }) {
  if (!pid) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** Starts a command in a group of its own. @param {string} folder @param {string} name @param {string[]} args */
function start(folder, name, args) {
  const child = spawn(name, args, { cwd: folder, env: environment(folder), stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  child.on('close', () => running.delete(child));
  return child;
}

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
export function runCommand(folder, [name = '', ...args], limit = 600_000) {
  const child = start(folder, name, args);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    killGroup(child);
  }, limit);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const end = late ? `did not end within ${limit / 1000} s` : `ended with ${code ?? signal}`;
      if (code === 0 && !late) resolve(output);
      else reject(new Error(`${name} ${args.join(' ')} ${end}\n${output}`));
    });
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
  const child = start(folder, name, args);
  const ended = new Promise((resolve) => child.on('close', resolve));
  /** @type {Error | null} of a command that there is not, say */
  let failure = null;
  child.on('error', (error) => (failure = error));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const close = async () => {
    killGroup(child);
    await ended;
  };
  for (let tries = 0; tries < 1200; tries++) {
    if (failure) throw failure;
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}\n${output}`);
    if (await answers(url)) return { close, output: () => output };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await close();
  throw new Error(`${name} did not answer within five minutes\n${output}`);
}

const answers = (/** @type {string} */ url) =>
  fetch(url, { signal: AbortSignal.timeout(20_000) }).then(
    (response) => response.ok,
    () => false,
  );
