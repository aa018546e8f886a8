import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { facePath } from './launch.js';
import { OTHER_BROWSERS, type OtherBrowser } from './otherBrowsers.js';
import { openSite, type SiteOptions } from './site.js';

/** Opens a page of the site in the browser. */
async function withPage(
  launch: () => Promise<OtherBrowser>,
  path: string,
  options: SiteOptions,
  act: (browser: OtherBrowser) => Promise<void>,
) {
  const site = await openSite(options);
  try {
    const browser = await launch();
    try {
      await browser.open(new URL(path, site.url).href);
      await act(browser);
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

/** Runs in the page: everything that the SDK does, with the built library, and its results. */
async function useLibrary({ library, golden }: { library: string; golden: Record<string, number[]> }) {
  const sdk = (await import(/* @vite-ignore */ library)) as typeof import('../src/index.js');
  const verifier = await sdk.createFaceVerifier({ modelsUrl: '/public/models/' });
  const { backend, build, threads, arithmetic, fallbacks } = verifier.info;
  const picture = async (name: string) => (await fetch(`/fixtures/faces/${name}.jpg`)).blob();
  const cosines: number[] = [];
  for (const [file, values] of Object.entries(golden)) {
    const { embedding } = await verifier.embed(await picture(file.replace('.png', '')));
    cosines.push(values.reduce((sum, value, i) => sum + value * embedding[i], 0));
  }
  // A camera that films a picture.
  const bitmap = await createImageBitmap(await picture('person01-a-front'));
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext('2d')!;
  const drawing = setInterval(() => context.drawImage(bitmap, 0, 0), 30);
  MediaDevices.prototype.getUserMedia = () => Promise.resolve(canvas.captureStream(30));
  const camera = await sdk.openCamera();
  const template = await verifier.enroll(camera.frames({ limit: 2 }));
  const vault = await sdk.openVault({ name: 'other-browsers' });
  await vault.put('me', template);
  const kept = (await vault.get('me'))!;
  const own = await verifier.verify(camera.frames({ limit: 3 }), kept);
  camera.stop();
  clearInterval(drawing);
  const stranger = await verifier.verify(await picture('person06-a-front'), kept);
  await vault.erase();
  verifier.dispose();
  return { backend, build, threads, arithmetic, fallbacks, cosines, own: own.match, frames: own.frames, stranger: stranger.match };
}

/** Runs on the demo's page: enrolls and logs in, in front of a camera that films the picture (a JPEG in base64). */
async function logIn(jpeg: string) {
  const bytes = Uint8Array.from(atob(jpeg), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext('2d')!;
  setInterval(() => context.drawImage(bitmap, 0, 0), 30);
  MediaDevices.prototype.getUserMedia = () => Promise.resolve(canvas.captureStream(30));
  const capture = document.querySelector('visavis-capture')!;
  const inside = (selector: string) => capture.shadowRoot?.querySelector<HTMLElement>(selector);
  const until = async (what: string, there: () => unknown) => {
    for (let tries = 0; !there(); tries++) {
      if (tries > 3000) throw new Error(`${what} did not come. ${document.body.innerText} ${inside('.base')?.innerText}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  await until('the engine', () => document.querySelector('#engine-status[data-state=ready]'));
  await until('the consent', () => inside('#agree'));
  inside('#agree')!.click();
  inside('[part~=start-button]')!.click();
  await until('the enrollment', () => {
    // The wait, and the views that one picture cannot show.
    inside('[part~=skip-button]')?.click();
    return document.querySelector('#verdict[data-outcome=enrolled]');
  });
  document.querySelector<HTMLElement>('#next-button')!.click();
  await until(
    'the log-in',
    () => inside('.title[data-kind]') && capture.getAttribute('phase') === 'done' && capture.getAttribute('mode') === 'verify',
  );
  return { said: inside('.title')!.textContent, enrollment: document.querySelector<HTMLElement>('#account')!.dataset.enrollment };
}

for (const [name, launch] of Object.entries(OTHER_BROWSERS)) {
  if (!launch) console.warn(`SKIPPED: the tests in ${name} (it is not installed)`);
  test.describe(name, () => {
    test.skip(!launch, `${name} is not installed`);

    // Driven by WebDriver, Firefox has been seen to run WebAssembly hundreds of times slower than by itself.
    test.describe.configure({ timeout: 600_000 });

    for (const [how, options] of Object.entries({ isolated: {}, 'without any header': { headers: {} } })) {
      test(`runs the library: embeddings, camera, vault, verification (${how})`, async () => {
        const golden = JSON.parse(await readFile(new URL('fixtures/golden/mobilenet-160.json', import.meta.url), 'utf8')) as Record<
          string,
          number[]
        >;
        await withPage(launch!, 'examples/plain.html', { plain: true, ...options }, async (browser) => {
          const result = await browser.run(useLibrary, { library: '/dist/visavis.js', golden });
          // WebKit has no instruction for products of bytes.
          const arithmetic = name === 'Firefox' ? 'int8' : 'int16';
          expect(result).toMatchObject({ backend: 'wasm', arithmetic, own: true, frames: 3, stranger: false });
          expect(result.build).toMatch(how === 'isolated' ? /^(relaxed|simd)(-threads)?$/ : /^(relaxed|simd)$/);
          // WebKitGTK may start no worker inside a worker: then the kernels run on one thread, and say so.
          if (how === 'isolated' && result.threads === 1) expect(result.fallbacks).toMatchObject([{ from: 'kernels-threads' }]);
          else expect(result.fallbacks).toEqual([]);
          expect(Math.min(...result.cosines)).toBeGreaterThan(0.999);
        });
      });
    }

    test('logs in on the demo', async () => {
      await withPage(launch!, '', {}, async (browser) => {
        const jpeg = (await readFile(facePath('person02-a-front'))).toString('base64');
        expect(await browser.run(logIn, jpeg)).toEqual({ said: 'Face matched', enrollment: 'vault' });
      });
    });
  });
}
