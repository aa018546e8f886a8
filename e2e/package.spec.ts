import { expect, test } from '@playwright/test';
import { execFile, type ExecFileException } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { serveFolders } from '../tools/staticServer.mjs';
import { facePath, newProfile, visit } from './launch.js';

const ROOT = join(import.meta.dirname, '..');
const MODEL = 'visavis-model-inception-160';

interface Run {
  code: number;
  output: string;
}

/** npm's own settings of this run are not those of the user whom the test plays. */
const ENV = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

function run(folder: string, command: string, ...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env: ENV, timeout: 280_000 }, (error: ExecFileException | null, out, err) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: out + err });
    });
  });
}

interface Packed {
  filename: string;
  version: string;
  size: number;
  files: { path: string }[];
}

async function npmPack(folder: string, to: string): Promise<Packed> {
  const { code, output } = await run(folder, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', to);
  expect(code, output).toBe(0);
  return (JSON.parse(output) as Packed[])[0];
}

let folder: string;
let app: string;
let packed: Packed;
let model: Packed;
const visavis = (...args: string[]) => run(app, join(app, 'node_modules/.bin/visavis'), ...args);

test.describe.configure({ mode: 'serial' });

/** Somebody else's project, into which what `npm pack` made is installed. */
test.beforeAll(async () => {
  test.setTimeout(900_000);
  folder = await mkdtemp(join(tmpdir(), 'visavis-package-'));
  app = join(folder, 'app');
  await mkdir(app);
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));
  [packed, model] = [await npmPack(ROOT, folder), await npmPack(join(ROOT, 'public/models/inception-160'), folder)];
  const installed = await run(app, 'npm', 'install', '--offline', '--no-audit', '--no-fund', join(folder, packed.filename));
  expect(installed.code, installed.output).toBe(0);
});
test.afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

test('the package carries the default model, the licenses and nothing of the repository', () => {
  const paths = packed.files.map(({ path }) => path);
  const top = [...new Set(paths.map((path) => path.split('/')[0]))].sort();
  expect(top).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'LICENSES.md',
      'NOTICE',
      'README.md',
      'SECURITY.md',
      'custom-elements.json',
      'dist',
      'docs',
      'examples',
      'package.json',
      'public',
    ].sort(),
  );
  // Messages end with `See docs/errors.md#CODE`.
  expect(paths).toEqual(expect.arrayContaining(['docs/errors.md', 'docs/vectors/server.json']));
  // What a build leaves beside the pages and the examples stays at home.
  expect(paths.filter((path) => /^(docs|examples)\/.*(node_modules|\.vitepress|\/dist\/|\/project\/|\/api\/|lock)/.test(path))).toEqual([]);
  const models = new Set(paths.filter((path) => path.startsWith('public/')).map((path) => path.split('/')[2]));
  expect([...models].sort()).toEqual(['blazeface-256', 'facemesh-192', 'mobilenet-160']);
  // Of which 0.4 MB are the cohorts of the two recipes, and 0.5 MB the documentation.
  expect(packed.size).toBeLessThan(6.5e6);
  expect(model.files.map(({ path }) => path)).toEqual(expect.arrayContaining(['LICENSE', 'MODEL_CARD.md', 'manifest.json', 'weights.bin']));
});

test('the documentation in the package leads nowhere but into the package, or names the repository', async () => {
  // Of those who make the package, not of those who use it.
  const ofRepository = [
    /^CONTRIBUTING\.md$/,
    /^(bench|training)\/[A-Z]+\.md$/,
    /^(tools\/recipes|public\/models)\/[a-z0-9-]+\/MODEL_CARD\.md$/,
  ];
  const paths = packed.files.map(({ path }) => path);
  let links = 0;
  for (const page of paths.filter((path) => path.endsWith('.md') && !path.startsWith('dist/'))) {
    const text = await readFile(join(app, 'node_modules/visavis', page), 'utf8');
    for (const [, ...found] of text.matchAll(/\]\(([^)#\s]+)|(?:href|src)="([^"#]+)"/g)) {
      const link = found.find((part) => part !== undefined)!;
      if (/^([a-z]+:|\/)/.test(link)) continue;
      links++;
      const target = posix.join(posix.dirname(page), link);
      const known = paths.includes(target) || paths.some((path) => path.startsWith(`${target.replace(/\/$/, '')}/`));
      if (!known)
        expect(
          ofRepository.some((kind) => kind.test(target)),
          `${page} -> ${link}`,
        ).toBe(true);
    }
  }
  expect(links).toBeGreaterThan(200);
});

test('every bundle points to the notices, which name what the bundles contain', async () => {
  const dist = join(app, 'node_modules/visavis/dist');
  const files = await readdir(dist, { recursive: true });
  const notices = await readFile(join(dist, 'THIRD_PARTY_LICENSES.txt'), 'utf8');
  // The element's texts are ours alone.
  const scripts = files.filter((name) => name.endsWith('.js') && !name.includes('words'));
  expect(scripts.length).toBeGreaterThan(3);
  for (const name of scripts) {
    const code = await readFile(join(dist, name), 'utf8');
    // Entries of types have the element's code, which points there.
    if (/^export \* from '\.\.\/element\.js';\s*$/.test(code)) continue;
    expect(code.slice(0, 200), name).toContain('THIRD_PARTY_LICENSES.txt');
  }
  // The source maps say independently which packages are in the bundles.
  const found = new Set<string>();
  for (const name of files.filter((file) => file.endsWith('.js.map'))) {
    const { sources } = JSON.parse(await readFile(join(dist, name), 'utf8')) as { sources: string[] };
    for (const [, bundled] of sources.join('\n').matchAll(/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//g)) {
      found.add(bundled);
      expect(notices, name).toMatch(new RegExp(`^${bundled} \\d`, 'm'));
    }
  }
  expect([...found]).toEqual(expect.arrayContaining(['comlink', 'idb', '@noble/hashes', 'wasm-feature-detect']));
  for (const known of ['@tensorflow/tfjs-core', 'comlink', 'idb', '@noble/hashes', 'wasm-feature-detect', 'tar-stream']) {
    expect(notices).toMatch(new RegExp(`^${known} \\d`, 'm'));
  }
});

test('visavis explains itself, and tells wrong usage from failure', async () => {
  for (const [args, text] of [
    [['--help'], /models .*\n.*import .*\n.*inspect .*\n.*calibrate .*\n.*evaluate/],
    [['import', '--help'], /npx visavis import FILE --id NAME/],
    [['inspect', '--help'], /visavis inspect/],
    [['calibrate', '--help'], /--people DIR/],
    [['models', '--help'], /npx visavis models add FILE\.tgz/],
    [['evaluate', '--help'], /--people DIR/],
    [['--version'], /^\d+\.\d+\.\d+/],
  ] as const) {
    const { code, output } = await visavis(...args);
    expect([code, text.test(output)], output).toEqual([0, true]);
  }
  for (const args of [
    [],
    ['frob'],
    ['models', 'frob'],
    ['models', '--frob'],
    ['models', 'add', 'frob', '--to', '.'],
    ['evaluate'],
    ['import'],
    ['inspect'],
    ['calibrate'],
  ]) {
    const { code, output } = await visavis(...args);
    expect([args, code], output).toEqual([args, 2]);
    expect(output).not.toContain('    at ');
  }
});

test('visavis models copies what is needed, adds a packed model, and notices damage', async () => {
  const tgz = join(folder, model.filename);
  expect(await visavis('models', 'add', tgz)).toMatchObject({ code: 1, output: expect.stringContaining('--to DIR') });
  expect((await visavis('models', 'copy')).code).toBe(0);
  const models = join(app, 'public/models');
  expect((await readdir(models)).sort()).toEqual(['blazeface-256', 'facemesh-192', 'mobilenet-160']);
  const added = await visavis('models', 'add', tgz);
  expect(added).toMatchObject({ code: 0, output: expect.stringMatching(/inception-160 \d+\.\d+\.\d+: written .*non-commercial research/) });
  expect(await visavis('models', 'add', tgz)).toMatchObject({ code: 0, output: expect.stringContaining('is already in') });
  expect(await visavis('models', 'check')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^(.*: every byte is right; as released.*\n){4}$/),
  });

  await writeFile(join(models, 'inception-160/weights.bin'), 'damaged');
  expect(await visavis('models', 'check')).toMatchObject({ code: 1, output: expect.stringContaining('weights.bin was altered') });
  expect((await visavis('models', 'add', tgz)).code).toBe(0);
  expect((await visavis('models', 'check')).code).toBe(0);
});

test('visavis models add takes a model by name from the registry that the user has set, and refuses another of that name', async () => {
  const { version } = model;
  const good = await readFile(join(folder, model.filename));
  // The same model with a manifest that lets everybody in, as somebody might publish it.
  const spoiled = join(folder, 'spoiled');
  await cp(join(ROOT, 'public/models/inception-160'), spoiled, { recursive: true });
  const manifest = await readFile(join(spoiled, 'manifest.json'), 'utf8');
  await writeFile(join(spoiled, 'manifest.json'), manifest.replace(/"threshold": [\d.]+/, '"threshold": 1.45'));
  const { filename } = await npmPack(spoiled, spoiled);
  const evil = await readFile(join(spoiled, filename));

  let answer = evil;
  const asked: (string | undefined)[] = [];
  const registry = createServer((request, response) => {
    asked.push(request.headers.authorization);
    if (request.url?.endsWith('.tgz')) return void response.end(answer);
    const { port } = registry.address() as AddressInfo;
    const integrity = `sha512-${createHash('sha512').update(answer).digest('base64')}`;
    const dist = { tarball: `http://127.0.0.1:${port}/${model.filename}`, integrity };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ name: MODEL, 'dist-tags': { latest: version }, versions: { [version]: { name: MODEL, version, dist } } }),
    );
  });
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  const cache = join(folder, 'npm-cache');
  const settings = [`registry=http://127.0.0.1:${port}/`, `//127.0.0.1:${port}/:_authToken=secret`, `cache=${cache}`, 'fetch-retries=0'];
  await writeFile(join(app, '.npmrc'), settings.join('\n'));
  try {
    const refused = await visavis('models', 'add', 'inception-160', '--to', 'named');
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('is not the one that was pinned') });
    await expect(readdir(join(app, 'named'))).rejects.toThrow('ENOENT');

    answer = good;
    await rm(cache, { recursive: true, force: true });
    expect((await visavis('models', 'add', 'inception-160', '--to', 'named')).output).toContain('written to named/inception-160');
    expect(await readFile(join(app, 'named/inception-160/manifest.json'), 'utf8')).toBe(manifest);
    expect(new Set(asked)).toEqual(new Set(['Bearer secret']));
  } finally {
    registry.closeAllConnections();
    await new Promise((resolve) => registry.close(resolve));
  }
  await rm(cache, { recursive: true, force: true });
  const failed = await visavis('models', 'add', 'inception-160', '--to', 'other');
  expect(failed).toMatchObject({ code: 1, output: expect.stringMatching(/npm did not deliver .*npx visavis models add FILE\.tgz/) });
});

test('visavis evaluate measures a folder of people, with the user’s own playwright-core', async () => {
  const people = join(folder, 'people');
  for (const [person, ...pictures] of [
    ['one', 'person01-a-front', 'person01-b-window-left'],
    ['six', 'person06-a-front', 'person06-d-smile'],
  ]) {
    await mkdir(join(people, person), { recursive: true });
    for (const name of pictures) await cp(facePath(name), join(people, person, `${name}.jpg`));
  }
  const missing = await visavis('evaluate', '--people', people);
  expect(missing).toMatchObject({ code: 1, output: expect.stringContaining('npm install --save-dev playwright-core') });

  await symlink(join(ROOT, 'node_modules/playwright-core'), join(app, 'node_modules/playwright-core'));
  const { code, output } = await visavis(
    'evaluate',
    '--people',
    people,
    '--model',
    'inception-160',
    '--models',
    'public/models',
    '--json',
    'r.json',
  );
  expect(code, output).toBe(0);
  const report = JSON.parse(await readFile(join(app, 'r.json'), 'utf8')) as { command: string; info: { model: string }; report: object };
  expect(report.command).toMatch(/^npx visavis evaluate --people /);
  expect(JSON.stringify(report)).toContain('inception-160');
  expect(report.report).toMatchObject({ genuinePairs: 2, impostorPairs: 4 });
});

test('visavis import makes a model folder that checks out of another framework’s file; a damaged file leaves nothing', async () => {
  const file = join(ROOT, 'src/importer/fixtures/torch-mobilefacenet.onnx');
  const inspected = await visavis('inspect', file);
  expect([inspected.code, /ONNX/.test(inspected.output)], inspected.output).toEqual([0, true]);
  const imported = await visavis('import', file, '--id', 'tiny-112', '--normalize', '127.5,128', '--out', 'imported/tiny-112');
  expect([imported.code, /written to/.test(imported.output)], imported.output).toEqual([0, true]);
  expect((await readdir(join(app, 'imported/tiny-112'))).sort()).toEqual(
    expect.arrayContaining(['manifest.json', 'model.json', 'weights.bin']),
  );
  const folder = await visavis('inspect', 'imported/tiny-112');
  expect([folder.code, /tiny-112|112/.test(folder.output)], folder.output).toEqual([0, true]);
  await writeFile(join(app, 'cut.onnx'), (await readFile(file)).subarray(0, 40_000));
  const refused = await visavis('import', 'cut.onnx', '--id', 'cut', '--out', 'imported/cut');
  expect(refused.code, refused.output).toBe(1);
  expect(refused.output).not.toContain('    at ');
  expect(await readdir(join(app, 'imported'))).toEqual(['tiny-112']);
});

/** What a page of the app is told by the imported model of two pictures of one person, first without a threshold of its own. */
async function askModel(model: string): Promise<{ points: number; asked: string; told: string }> {
  const site = await serveFolders({ '/': app });
  const profile = await newProfile();
  const { context, close } = await visit(profile.folder, 'none');
  try {
    const page = await context.newPage();
    await page.goto(`${site.url}public/models/${model}/manifest.json`);
    return await page.evaluate(async (id) => {
      const { createFaceVerifier } = (await import(
        new URL('/node_modules/visavis/dist/visavis.js', location.href).href
      )) as typeof import('visavis');
      const picture = async (name: string) => (await fetch(`/crowd/${name}`)).blob();
      const verifier = await createFaceVerifier({ modelsUrl: '/public/models/', model: id, backend: 'wasm' });
      const template = await verifier.enroll([await picture('person01/a.jpg')]);
      const other = await picture('person01/b.jpg');
      const say = (result: Promise<{ match: boolean }>) =>
        result.then(
          ({ match }) => String(match),
          (error: unknown) => (error as Error).message,
        );
      const asked = await say(verifier.verify(other, template, { fmr: 0.1 }));
      const told = await say(verifier.verify(other, template, { threshold: 1.2 }));
      const points = verifier.info.operatingPoints.length;
      verifier.dispose();
      return { points, asked, told };
    }, model);
  } finally {
    await close();
    await profile.remove();
    await site.close();
  }
}

test('visavis calibrate measures an imported model; before that, verify demands a threshold', async () => {
  test.slow();
  const checkpoint = join(ROOT, 'training/checkpoints/mobilenet-160.pt');
  const imported = await visavis('import', checkpoint, '--id', 'own', '--normalize', '127.5,127.5', '--quantize', 'float16');
  expect(imported.output).toMatch(/written to .*public.models.own\n/);
  const crowd = join(app, 'crowd');
  // Four times seven people: 336 pairs of strangers, and 300 support a rate of 1 in 10.
  for (const name of [
    'person01-a-front',
    'person02-a-front',
    'person03-a-front',
    'person04-b-window-left',
    'person06-a-front',
    'person08-a-front',
    'person09-d-smile',
  ]) {
    const folder = join(crowd, name.slice(0, 8));
    await mkdir(folder, { recursive: true });
    for (const copy of ['a', 'c', 'd', 'e']) await cp(facePath(name), join(folder, `${copy}.jpg`));
  }
  await cp(facePath('person01-d-smile'), join(crowd, 'person01/b.jpg'));

  expect(await askModel('own')).toEqual({ points: 0, asked: expect.stringContaining('decide at a `threshold` of your own'), told: 'true' });
  expect(await visavis('calibrate', 'imported/tiny-112', '--people', 'crowd')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/lacks blazeface-256 and facemesh-192.*npx visavis models copy/),
  });
  const { code, output } = await visavis('calibrate', 'public/models/own', '--people', 'crowd');
  expect([code, /1e-1 .*createFaceVerifier\(\{ model: 'own', integrity: \{ 'own': 'sha256-/s.test(output)], output).toEqual([0, true]);
  expect(await readFile(join(app, 'public/models/own/MODEL_CARD.md'), 'utf8')).toContain('measured by `npx visavis calibrate` on crowd');
  expect(await askModel('own')).toMatchObject({ asked: 'true', told: 'true' });
  expect((await visavis('models', 'check')).output).toMatch(/own 1\.0\.0: every byte is right; a model of your own/);
});
