import { chromium, type BrowserContext } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, LAUNCH_ARGS } from '../tools/browser.mjs';

const FACES = join(import.meta.dirname, 'fixtures/faces');

/**
 * What the browser's camera does: films a picture (a fixture's name, or JPEG bytes), plays JPEGs in a loop at 30 a second, is missing, or
 * is not allowed.
 */
export type FakeCamera = { films: string | Uint8Array } | { plays: readonly Uint8Array[] } | 'none' | 'denied';

export interface Visit {
  context: BrowserContext;
  close: () => Promise<void>;
}

/** A folder for one person's browser profile; its storage survives from one visit to the next. */
export async function newProfile(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-e2e-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 20 }) };
}

/** Starts a browser with its own camera on a profile. */
export async function visit(profile: string, camera: FakeCamera): Promise<Visit> {
  const args = [...LAUNCH_ARGS, ...(await cameraArgs(profile, camera))];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args,
    viewport: { width: 1280, height: 900 },
  });
  return { context, close: () => context.close() };
}

async function cameraArgs(profile: string, camera: FakeCamera): Promise<string[]> {
  if (camera === 'denied') return ['--use-fake-device-for-media-stream', '--deny-permission-prompts'];
  if (camera === 'none') return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=0'];
  const video = join(profile, 'camera.mjpeg');
  // A motion JPEG is one picture after another.
  await writeFile(video, Buffer.concat('plays' in camera ? camera.plays : await still(camera.films)));
  return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${video}`];
}

async function still(films: string | Uint8Array): Promise<Uint8Array[]> {
  const picture = typeof films === 'string' ? await readFile(facePath(films)) : films;
  return Array.from({ length: 30 }, () => picture);
}

export function facePath(name: string): string {
  return join(FACES, `${name}.jpg`);
}
