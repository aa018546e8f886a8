import { expect, test, type Page } from '@playwright/test';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ISOLATION, serveFolders } from '../tools/staticServer.mjs';
import { newProfile, visit } from './launch.js';

const ROOT = join(import.meta.dirname, '..');
/** The least that the documents say is enough. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'";
const TRUSTED = "require-trusted-types-for 'script'; trusted-types";

let scripts: string;
let site: Awaited<ReturnType<typeof serveFolders>>;
let headers: Record<string, string>;
let requests: string[];

/** A site with one file of the library, the models and a picture. */
test.beforeAll(async () => {
  scripts = await mkdtemp(join(tmpdir(), 'visavis-inline-'));
  await cp(join(ROOT, 'dist/inline.js'), join(scripts, 'inline.js'));
  site = await serveFolders(
    { '/scripts': scripts, '/models': join(ROOT, 'public/models'), '/faces': join(ROOT, 'e2e/fixtures/faces') },
    {
      headers: {},
      handler(request, response) {
        requests.push(request.url ?? '');
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        if (request.url !== '/') return false;
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Page</title>');
        return true;
      },
    },
  );
});

test.afterAll(async () => {
  await site.close();
  await rm(scripts, { recursive: true });
});

async function open<T>(sent: Record<string, string>, act: (page: Page) => Promise<T>): Promise<T> {
  [headers, requests] = [sent, []];
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.goto(site.url);
    return await act(page);
  } finally {
    await close();
    await profile.remove();
  }
}

/** What the engine runs on and how long an embedding is, and which addresses of blobs are left; or the error. */
const embed = (page: Page) =>
  page.evaluate(async () => {
    const made = new Set<string>();
    const [create, revoke] = [URL.createObjectURL.bind(URL), URL.revokeObjectURL.bind(URL)];
    URL.createObjectURL = (blob) => {
      const url = create(blob);
      made.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      made.delete(url);
      revoke(url);
    };
    const path = '/scripts/inline.js';
    const { createFaceVerifier } = (await import(/* @vite-ignore */ path)) as typeof import('../src/inline.js');
    try {
      const verifier = await createFaceVerifier({ modelsUrl: '/models/', backend: 'wasm' });
      const { build, thread, threads } = verifier.info;
      const picture = await createImageBitmap(await (await fetch('/faces/person01-a-front.jpg')).blob());
      const { length } = (await verifier.embed(picture)).embedding;
      const during = made.size;
      verifier.dispose();
      // Its worker finishes what it keeps.
      for (let i = 0; made.size > 0 && i < 2000; i++) await new Promise((resolve) => setTimeout(resolve, 30));
      return { build, thread, several: threads > 1, length, blobs: [during, made.size] };
    } catch (error) {
      const { code, message } = error as Error & { code: string };
      return { code, message, blobs: made.size };
    }
  });

const RUNS = { thread: 'worker', length: 128, blobs: [1, 0] };

for (const [name, sent, build] of [
  ['with threads', { ...ISOLATION, 'Content-Security-Policy': POLICY }, 'relaxed-threads'],
  ['under Trusted Types', { ...ISOLATION, 'Content-Security-Policy': `${POLICY}; ${TRUSTED} visavis-inline visavis` }, 'relaxed-threads'],
  ['without isolation and policy', {}, 'relaxed'],
] as const) {
  test(`inline.js alone embeds a face, ${name}, and asks for nothing but models`, async () => {
    const several = build.endsWith('threads');
    expect(await open(sent, embed)).toEqual({ ...RUNS, build, several });
    const others = requests.filter((path) => !path.startsWith('/models/'));
    expect(others.filter((path) => path !== '/favicon.ico')).toEqual(['/', '/scripts/inline.js', '/faces/person01-a-front.jpg']);
  });
}

test('a policy that forbids blob: workers is named, with what it has to say', async () => {
  const policy = POLICY.replace('blob:', "'self'");
  expect(await open({ 'Content-Security-Policy': policy }, embed)).toEqual({
    code: 'backend-unavailable',
    message: expect.stringContaining('it has to say worker-src blob:') as unknown,
    blobs: 0,
  });
});

test('a policy for Trusted Types that does not allow it is named, with what it has to say', async () => {
  expect(await open({ 'Content-Security-Policy': `${TRUSTED} visavis` }, embed)).toEqual({
    code: 'backend-unavailable',
    message: expect.stringContaining('has to say: trusted-types visavis-inline visavis') as unknown,
    blobs: 0,
  });
});
