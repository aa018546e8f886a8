// The apps of examples/, installed together: each is built, opened in a browser whose camera films a face, and used.
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser, LAUNCH_ARGS } from '../../tools/browser.mjs';
import { warningsIn } from './buildApp.mjs';
import { freePort } from './openApp.mjs';
import { runCommand, startServer } from './runCommand.mjs';
import { STORIES } from './stories.mjs';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const FACE = join(import.meta.dirname, '../fixtures/faces/person01-a-front.jpg');
/** @typedef {{ id: string, faults: string[] }} Outcome */

/** The names of the examples: the folders that are apps. */
export async function exampleNames() {
  const entries = await readdir(EXAMPLES, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/**
 * Builds and uses examples, one after the other, in one workspace: what they share is installed once.
 * @param {readonly string[]} names
 * @param {string} folder an empty one
 * @param {string} tarball of the package
 * @param {(outcome: Outcome) => void} tell
 */
export async function runExamples(names, folder, tarball, tell) {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, workspaces: names }));
  for (const name of names) await copyExample(name, folder, tarball);
  await runCommand(folder, ['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'], 600_000);
  for (const name of names) await linkPackage(folder, name);
  const browser = await launchWithFace(folder);
  try {
    for (const name of names) {
      const faults = await useExample(name, join(folder, name), browser).catch((error) => [String(error.message).slice(0, 3000)]);
      tell({ id: `example-${name}`, faults });
    }
  } finally {
    await browser.close();
  }
}

async function copyExample(/** @type {string} */ name, /** @type {string} */ folder, /** @type {string} */ tarball) {
  const app = join(folder, name);
  await mkdir(app);
  const own = (/** @type {string} */ path) => !/node_modules|\/(dist|out|\.next|\.angular)\b/.test(path.slice(EXAMPLES.length));
  await cp(join(EXAMPLES, name), app, { recursive: true, filter: own });
  const description = JSON.parse(await readFile(join(app, 'package.json'), 'utf8'));
  if (!description.dependencies?.visavis) throw new Error(`examples/${name} does not depend on visavis`);
  description.dependencies.visavis = `file:${tarball}`;
  await writeFile(join(app, 'package.json'), JSON.stringify(description));
}

/** The package where it lies if the example is alone: a workspace installs it above. */
async function linkPackage(/** @type {string} */ folder, /** @type {string} */ name) {
  await mkdir(join(folder, name, 'node_modules'), { recursive: true });
  await symlink(join(folder, 'node_modules/visavis'), join(folder, name, 'node_modules/visavis'), 'junction');
}

/** A browser whose camera films a still face. */
async function launchWithFace(/** @type {string} */ folder) {
  const film = join(folder, 'camera.mjpeg');
  const picture = await readFile(FACE);
  await writeFile(film, Buffer.concat(Array.from({ length: 30 }, () => picture)));
  const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  return chromium.launch({ executablePath: findBrowser(), args: [...LAUNCH_ARGS, ...camera] });
}

/** @returns {Promise<string[]>} what is wrong with it, built and in development */
async function useExample(/** @type {string} */ name, /** @type {string} */ app, /** @type {import('playwright').Browser} */ browser) {
  const story = STORIES[name];
  if (!story) return [`e2e/bundlers/stories.mjs has no story of it`];
  const faults = warningsIn(await runCommand(app, ['npm', 'run', '--silent', 'build']));
  for (const command of story.servers) faults.push(...(await play(story, command, app, browser)));
  return faults;
}

/**
 * @param {import('./stories.mjs').Story} story
 * @param {string[]} server
 * @param {string} app
 * @param {import('playwright').Browser} browser
 * @returns {Promise<string[]>} what is wrong, in the browser
 */
async function play(story, server, app, browser) {
  const port = await freePort();
  const url = `http://localhost:${port}/`;
  const command = server.map((word) => word.replace(/PORT$/, String(port)));
  const { close } = await startServer(app, command, url);
  const context = await browser.newContext({ permissions: ['camera'] });
  /** @type {string[]} */
  const complaints = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => {
      const { url: from } = message.location();
      // Browsers ask for an icon when they please, and an example needs none.
      if (message.type() === 'error' && !from.endsWith('/favicon.ico')) complaints.push(`${message.text()} ${from}`);
    });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('response', (response) => void (response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`)));
    page.setDefaultTimeout(300_000);
    await page.goto(url);
    await story.use(page);
  } catch (error) {
    complaints.unshift(error instanceof Error ? error.message : String(error));
  } finally {
    await context.close();
    await close();
  }
  return complaints.filter((complaint) => !story.meant?.test(complaint)).map((complaint) => `${command.join(' ')}: ${complaint}`);
}
