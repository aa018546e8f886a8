// npm run docs: the site of docs/, built into site/. npm run docs:dev: the same, served while it is written.
//   --built   takes demo-dist/ as it is, instead of building the playground anew
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyPages } from './copyPages.mjs';
import { mendAnchors } from './mendAnchors.mjs';

const ROOT = join(import.meta.dirname, '../..');
const DOCS = join(ROOT, 'docs');
const { values } = parseArgs({ options: { dev: { type: 'boolean' }, built: { type: 'boolean' } } });

await installTools();
await copyPages(ROOT);
await Promise.all([reference(), playground()]);
await run(DOCS, 'npx', 'vitepress', values.dev ? 'dev' : 'build');

/** What builds the site is installed apart from what builds the library. */
async function installTools() {
  const installed = join(DOCS, 'node_modules/vitepress');
  if (!existsSync(installed)) await run(DOCS, 'npm', 'ci', '--no-audit', '--no-fund');
}

async function reference() {
  await run(DOCS, 'npx', 'typedoc', '--logLevel', 'Error');
  await mendAnchors(join(DOCS, 'api'));
}

/** The demo, which runs from the site as far as it needs no server. */
async function playground() {
  const built = join(ROOT, 'demo-dist');
  if (!values.built || !existsSync(built)) await run(ROOT, 'npm', 'run', '--silent', 'build:demo');
  const place = join(DOCS, 'public/playground');
  await rm(place, { recursive: true, force: true });
  // The cards are pages of the site; they would be found here a second time.
  await cp(built, place, { recursive: true, filter: (path) => !path.endsWith('.md') });
}

/** @param {string} folder @param {string} command @param {...string} args */
async function run(folder, command, ...args) {
  const child = spawn(command, args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}
