import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blank, cosine, face, fixture, goldenEmbeddings, MODELS_URL, pixelsOf, sideBySide } from '../../e2e/fixtures/pictures.js';
import { showsPicture } from '../../e2e/fixtures/showsPicture.js';
import { curveFor } from '../matching/curveFor.js';
import { estimateFmr, thresholdAt } from '../matching/operatingCurve.js';
import type { Calibration } from '../shared/Calibration.js';
import { redeemMatch } from '../shared/matchLedger.js';
import type { Template } from '../shared/Template.js';
import { createFaceVerifier } from './createFaceVerifier.js';
import type { FaceVerifier } from './FaceVerifier.js';
import type { ImageSource } from './pictures/ImageSource.js';
import { embedCrop } from './testing/embedCrop.js';
import { engineMemory } from './testing/engineMemory.js';
import { parseTemplate, serializeTemplate } from './templateText.js';

const options = { modelsUrl: MODELS_URL, backend: 'wasm' } as const;

describe('FaceVerifier', () => {
  let verifier: FaceVerifier;
  let template: Template;

  let atFirst: { tensors: number; bytes: number };

  beforeAll(async () => {
    verifier = await createFaceVerifier(options);
    template = await verifier.enroll(await Promise.all(['person01-a-front', 'person01-b-window-left'].map(face)));
    atFirst = await engineMemory(verifier);
  });
  afterAll(() => verifier.dispose());

  it('says what it runs on', () => {
    expect(verifier.info).toMatchObject({ backend: 'wasm', thread: 'worker', model: 'mobilenet-160', embeddingSize: 128, inputSize: 160 });
    expect(verifier.info.operatingPoints.length).toBeGreaterThan(3);
    expect(verifier.info.license).toMatch(/non-commercial research/);
  });

  it('takes every kind of source, and leaves it usable', async () => {
    const blob = await fixture('faces/person02-a-front.jpg');
    const bitmap = await createImageBitmap(blob);
    const image = new Image();
    image.src = URL.createObjectURL(blob);
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    const offscreen = new OffscreenCanvas(bitmap.width, bitmap.height);
    offscreen.getContext('2d')!.drawImage(bitmap, 0, 0);
    const frame = new VideoFrame(bitmap, { timestamp: 0 });
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = canvas.captureStream(10);
    const playing = video.play();
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    await playing;
    await showsPicture(video);
    const sources: Record<string, ImageSource> = { blob, bitmap, image, canvas, offscreen, frame, video, pixels: pixelsOf(bitmap) };
    const golden = (await goldenEmbeddings())['person02-a-front.png'];
    for (const [name, source] of Object.entries(sources)) {
      const { embedding } = await verifier.embed(source);
      // A video stream may pass through YUV.
      expect(cosine(embedding, golden), name).toBeGreaterThan(name === 'video' ? 0.99 : 0.999);
    }
    expect([bitmap.width, frame.displayWidth]).toEqual([640, 640]);
    frame.close();
    bitmap.close();
    URL.revokeObjectURL(image.src);
    for (const track of video.srcObject.getTracks()) track.stop();
  });

  it('gives coordinates of the source, also of one that was scaled down on the way', async () => {
    const bitmap = await face('person02-a-front');
    const large = new OffscreenCanvas(6400, 4800);
    large.getContext('2d')!.drawImage(bitmap, 0, 0, 6400, 4800);
    const [small] = await verifier.analyze(bitmap);
    const [big] = await verifier.analyze(large);
    expect(big.landmarks.nose.x / small.landmarks.nose.x).toBeCloseTo(10, 1);
    expect(big.quality.eyeDistance / small.quality.eyeDistance).toBeCloseTo(10, 1);
  });

  it('embeds every face of a picture', async () => {
    const [left, right] = [await face('person01-a-front'), await face('person06-a-front')];
    const all = await verifier.embedAll(sideBySide(left, right));
    expect(all).toHaveLength(2);
    const inOrder = [...all].sort((a, b) => a.face.box.x - b.face.box.x);
    for (const [i, single] of [left, right].entries()) {
      expect(cosine(inOrder[i].embedding, (await verifier.embed(single)).embedding)).toBeGreaterThan(0.9);
    }
    expect(await verifier.embedAll(blank())).toEqual([]);
  });

  it('recognizes the enrolled person and nobody else', async () => {
    const same = await verifier.verify(await face('person01-d-smile'), template);
    expect(same).toMatchObject({ match: true, threshold: expect.any(Number) as number });
    expect(same.distance).toBeLessThan(same.threshold);
    expect(same.estimatedFmr).toBeLessThanOrEqual(1e-3);
    expect(same.reason).toBeUndefined();
    const other = await verifier.verify(await face('person06-a-front'), template);
    expect(other).toMatchObject({ match: false, reason: 'different-person' });
    expect(other.distance).toBeGreaterThan(other.threshold);
    expect(other.estimatedFmr).toBeGreaterThan(1e-3);
  });

  it('answers with a reason where there is no single good face', async () => {
    expect(await verifier.verify(blank(), template)).toMatchObject({ match: false, distance: null, face: null, reason: 'no-face' });
    const two = sideBySide(await face('person01-a-front'), await face('person06-a-front'));
    expect(await verifier.verify(two, template)).toMatchObject({ match: false, distance: null, reason: 'several-faces' });
    const dark = pixelsOf(await face('person01-a-front'));
    dark.data.forEach((v, i) => (dark.data[i] = i % 4 === 3 ? v : v * 0.15));
    expect(await verifier.verify(dark, template)).toMatchObject({ match: false, reason: 'low-quality' });
    expect((await verifier.verify(dark, template, { gate: false })).reason).not.toBe('low-quality');
  });

  it('fuses several frames and decides once, by the curve for so many', async () => {
    const names = ['person01-d-smile', 'person01-e-far', 'person01-a-front'];
    const results = await Promise.all(names.map(async (name) => verifier.embed(await face(name))));
    const several = await verifier.verify(results, template);
    const { normalized } = verifier.info;
    const curve = curveFor(normalized!, { templateFrames: template.captures, probeFrames: 3 });
    expect(several).toMatchObject({ match: true, frames: 3, threshold: thresholdAt(curve, 1e-3) });
    expect(several.normalizedDistance).not.toBe(several.distance);
    expect(several.estimatedFmr).toBe(estimateFmr(curve, several.normalizedDistance!));
    // Only a match may be signed.
    expect(redeemMatch(several)).toMatchObject({ model: 'mobilenet-160', fmr: 1e-3, threshold: several.threshold, frames: 3 });
    const refused = await verifier.verify(await face('person06-a-front'), template);
    expect(() => redeemMatch({ ...refused, match: true })).toThrow(TypeError);
    expect(() => redeemMatch(Object.assign(refused, { match: true }))).toThrow(TypeError);
    const single = await Promise.all(results.map((r) => verifier.verify(r, template)));
    expect(several.distance).toBeLessThan(Math.max(...single.map((r) => r.distance!)));
    expect(single[0].frames).toBe(1);
    // Pictures and earlier results are the same thing.
    expect((await verifier.verify(await face('person01-d-smile'), template)).distance).toBeCloseTo(single[0].distance!, 6);
  });

  it('lets a match of its own pictures be signed, and none of a template that is passed off as a capture', async () => {
    const seen = await verifier.embed(await face('person01-d-smile'));
    const played = await verifier.verify({ ...seen, embedding: template.embedding }, template);
    expect(played).toMatchObject({ match: true, distance: 0 });
    expect(() => redeemMatch(played)).toThrow(/got one of other embeddings/);
    const [everyone] = await verifier.embedAll(await face('person01-d-smile'));
    for (const capture of [seen, everyone]) expect(redeemMatch(await verifier.verify(capture, template)).points).toBe('shipped');
    const crop = await embedCrop(verifier, new ImageData(160, 160));
    const drawn = await verifier.verify({ ...seen, embedding: crop }, { ...template, embedding: crop });
    expect(() => redeemMatch(drawn)).toThrow(/got one of other embeddings/);
  });

  it('decides by what it knows, whatever a page does to the object', async () => {
    const { info } = verifier;
    expect(() => Object.assign(info.operatingPoints[0], { threshold: 2 })).toThrow(TypeError);
    expect(() => Object.assign(info.fused[0].operatingPoints, { length: 0 })).toThrow(TypeError);
    const loose = { ...info, operatingPoints: info.operatingPoints.map((point) => ({ ...point, threshold: 1.5 })), fused: [] };
    const { face: seen } = await verifier.embed(await face('person01-a-front'));
    const forged = { face: seen, embedding: template.embedding };
    const overridden = Object.defineProperties(verifier, {
      info: { configurable: true, get: () => loose },
      look: { configurable: true, value: () => Promise.resolve(forged) },
    });
    try {
      const result = await overridden.verify(await face('person06-a-front'), template);
      expect(result).toMatchObject({ match: false, reason: 'different-person' });
      expect(result.threshold).toBeLessThan(1.3);
    } finally {
      Reflect.deleteProperty(verifier, 'info');
      Reflect.deleteProperty(verifier, 'look');
    }
  });

  it('leaves bad frames out while half are good, and otherwise says what was wrong with most', async () => {
    const good = await verifier.embed(await face('person01-a-front'));
    expect(await verifier.verify([good, blank()], template)).toMatchObject({ match: true, frames: 1 });
    expect(await verifier.verify([good, blank(), blank()], template)).toMatchObject({ match: false, reason: 'no-face', frames: 1 });
    await expect(verifier.verify([], template)).rejects.toThrow(TypeError);
  });

  it('does not let one person’s frames carry another’s', async () => {
    const [own, strange] = await Promise.all(
      ['person01-a-front', 'person06-a-front'].map(async (name) => verifier.embed(await face(name))),
    );
    expect(await verifier.verify([own, strange, own], template)).toMatchObject({ match: false, reason: 'several-faces' });
  });

  it('decides by operating points of one’s own', async () => {
    const { model, modelVersion, pipelineVersion } = verifier.info;
    const point = { fmr: 1e-3, threshold: 0.3, fnmr: 1, fmrInterval: [0, 1], fnmrInterval: [0, 1] } as const;
    const measurement = { dataset: 'made up', identities: 2, genuinePairs: 1, impostorPairs: 1, method: 'none' };
    const operatingPoints: Calibration = {
      ...{ format: 'visavis-operating-points', formatVersion: 1, model, modelVersion, pipelineVersion },
      ...{ operatingPoints: [point], measurement },
    };
    const strict = await createFaceVerifier({ ...options, operatingPoints });
    try {
      expect(strict.info).toMatchObject({ operatingPoints: [point], measurement, fused: [] });
      expect(await strict.verify(await face('person01-d-smile'), template)).toMatchObject({ match: false, threshold: 0.3 });
      // A signature tells whose points they were; and the caller's object stays its own.
      expect(
        redeemMatch(await strict.verify(await face('person01-a-front'), await strict.enroll(await face('person01-a-front')))).points,
      ).toBe('own');
      expect(Object.isFrozen(operatingPoints.operatingPoints)).toBe(false);
    } finally {
      strict.dispose();
    }
    await expect(createFaceVerifier({ ...options, operatingPoints: { ...operatingPoints, modelVersion: '0.0.1' } })).rejects.toThrow(
      RangeError,
    );
  });

  it('refuses rates that the model was not measured at', async () => {
    const picture = await face('person01-a-front');
    await expect(verifier.verify(picture, template, { fmr: 1e-9 })).rejects.toThrow(RangeError);
    await expect(verifier.verify(picture, template, { fmrr: 1e-3 } as object)).rejects.toThrow('the nearest is "fmr"');
    await expect(verifier.look(picture, { fmr: 1e-3 } as object)).rejects.toThrow(TypeError);
    await expect(createFaceVerifier({ modelUrl: '/' } as object)).rejects.toThrow('the nearest is "modelsUrl"');
    await expect(verifier.verify(picture, template, { fmr: '1' as unknown as number })).rejects.toThrow(TypeError);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a number', 5],
    ['a URL', '/face.jpg'],
    ['an element that holds no picture', document.createElement('div')],
  ])('refuses %s as a source with a TypeError', async (_name, source) => {
    await expect(verifier.embed(source as ImageSource)).rejects.toThrow(TypeError);
    await expect(verifier.analyze(source as ImageSource)).rejects.toThrow(/expected a video, image or canvas/);
  });

  it.each<[string, () => ImageSource]>([
    ['an empty canvas', () => Object.assign(document.createElement('canvas'), { width: 0 })],
    ['an image that has not loaded', () => new Image()],
    ['a video that has not started', () => document.createElement('video')],
    ['a text file', () => new Blob(['hello'], { type: 'text/plain' })],
    ['half a JPEG', () => new Blob([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)], { type: 'image/jpeg' })],
  ])('calls %s a bad image', async (_name, source) => {
    await expect(verifier.embed(source())).rejects.toMatchObject({ code: 'bad-image' });
  });

  it('refuses templates that are damaged or of another model', async () => {
    const picture = await face('person01-a-front');
    const nan = template.embedding.slice();
    nan[7] = NaN;
    const damaged: unknown[] = [null, {}, [...template.embedding], template.embedding, { ...template, embedding: nan }];
    damaged.push(
      { ...template, embedding: template.embedding.subarray(0, 64) },
      { ...template, formatVersion: 2 },
      { ...template, createdAt: 'x' },
    );
    for (const wrong of damaged) {
      await expect(verifier.verify(picture, wrong as Template)).rejects.toMatchObject({ code: 'template-invalid' });
    }
    for (const other of [{ model: 'inception-160' }, { modelVersion: '0.0.1' }, { pipelineVersion: 99 }]) {
      await expect(verifier.verify(picture, { ...template, ...other })).rejects.toMatchObject({ code: 'template-incompatible' });
    }
  });

  it('keeps a template as text, exactly', () => {
    expect(parseTemplate(serializeTemplate(template))).toEqual(template);
    for (const wrong of [
      '',
      '{}',
      'null',
      '[1]',
      '{"format":"visavis-template"}',
      serializeTemplate(template).replace('"embedding":[', '"embedding":[9,'),
    ]) {
      expect(() => parseTemplate(wrong)).toThrow(expect.objectContaining({ code: 'template-invalid' }) as Error);
    }
  });

  it('enrolls from good captures only, and says what became of each', async () => {
    const captures: string[] = [];
    const sources = [await face('person01-a-front'), blank(), await face('person01-b-window-left'), await face('person01-d-smile')];
    const enrolled = await verifier.enroll(sources, {
      onCapture: ({ index, accepted, reason }) => captures.push(`${index} ${accepted} ${reason ?? ''}`),
    });
    expect(captures).toEqual(['0 true ', '1 false no-face', '2 true ', '3 true ']);
    expect(enrolled).toMatchObject({ captures: 3, model: 'mobilenet-160' });
    expect(enrolled.consistency).toBeGreaterThan(0.7);
  });

  it('leaves a stranger among the captures out', async () => {
    const names = ['person03-a-front', 'person01-a-front', 'person01-b-window-left', 'person01-d-smile'];
    const enrolled = await verifier.enroll(await Promise.all(names.map(face)));
    expect(enrolled.captures).toBe(3);
    expect((await verifier.verify(await face('person01-a-front'), enrolled)).match).toBe(true);
  });

  it('stops enrolling when aborted while it waits for a frame', async () => {
    const controller = new AbortController();
    async function* stalled() {
      yield await face('person01-a-front');
      controller.abort();
      await new Promise(() => undefined);
    }
    await expect(verifier.enroll(stalled(), { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
  });

  it('does not enroll from captures that are of no use', async () => {
    await expect(verifier.enroll([])).rejects.toThrow(TypeError);
    await expect(verifier.enroll([blank(), blank()])).rejects.toMatchObject({ code: 'no-face' });
    // Two of one person and four strangers: less than half remain.
    const crowd = [
      'person01-a-front',
      'person01-b-window-left',
      'person03-a-front',
      'person06-a-front',
      'person08-a-front',
      'person04-b-window-left',
    ];
    await expect(verifier.enroll(await Promise.all(crowd.map(face)))).rejects.toMatchObject({ code: 'low-quality' });
    const strangers = await Promise.all(['person03-a-front', 'person08-a-front'].map(face));
    await expect(verifier.enroll(strangers)).rejects.toMatchObject({ code: 'low-quality' });
  });

  it('aborts: a waiting call at once, and the engine answers the next', async () => {
    const picture = await face('person01-a-front');
    await expect(verifier.embed(picture, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    const controller = new AbortController();
    const [first, second] = [verifier.embed(picture), verifier.embed(picture, { signal: controller.signal })];
    controller.abort(new Error('changed my mind'));
    await expect(second).rejects.toMatchObject({ code: 'aborted', cause: { message: 'changed my mind' } });
    expect((await first).embedding).toHaveLength(128);
    expect((await verifier.embed(picture)).embedding).toHaveLength(128);
  });

  it('holds no more tensors after all this than before', async () => {
    expect(await engineMemory(verifier)).toEqual(atFirst);
  });
});

describe('createFaceVerifier', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an unknown arithmetic', { arithmetic: 'int4' }, /expected arithmetic 'auto', 'int8', 'int16' or 'float32', got "int4"/],
    ['an unknown backend', { backend: 'cuda' }, /expected backend 'auto', 'webgl', 'webgpu' or 'wasm', got "cuda"/],
    ['a model that is no name', { model: '../secret' }, /expected model/],
    ['a models URL that is none', { modelsUrl: 'http://[' }, /expected modelsUrl/],
  ])('refuses %s before anything starts', async (_name, wrong, message) => {
    await expect(createFaceVerifier({ ...options, ...wrong })).rejects.toThrow(message);
  });

  it('names the file that is missing for a wrong models URL or model', async () => {
    await expect(createFaceVerifier({ ...options, modelsUrl: '/nowhere/' })).rejects.toMatchObject({ code: 'model-missing' });
    await expect(createFaceVerifier({ ...options, model: 'unheard-of' })).rejects.toThrow(/unheard-of\/manifest\.json/);
  });

  it.each(['/models/?sig=a%2Fb&x', '/models?sig=1', '/models/#part'])('takes %s for the models’ folder', async (modelsUrl) => {
    const verifier = await createFaceVerifier({ ...options, modelsUrl });
    expect(await verifier.analyze(blank())).toEqual([]);
    verifier.dispose();
  });

  it('says in a worker that it runs in a page', async () => {
    const library = JSON.stringify(new URL('/src/index.ts', location.href).href);
    const script = `const { createFaceVerifier, openCamera } = await import(${library});
      postMessage(await Promise.all([createFaceVerifier, openCamera].map((call) => call().catch(({ code, message }) => code + ' ' + message))));`;
    const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), { type: 'module' });
    const said = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.terminate();
    expect(said).toEqual([
      expect.stringMatching(/^backend-unavailable createFaceVerifier runs in a page/),
      expect.stringMatching(/^camera-missing openCamera runs in a page/),
    ]);
  });

  it('stops loading when aborted', async () => {
    const controller = new AbortController();
    const loading = createFaceVerifier({ ...options, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(loading).rejects.toMatchObject({ code: 'aborted' });
  });

  it('rejects instead of hanging when the worker cannot start', async () => {
    await expect(createFaceVerifier({ ...options, workerUrl: '/no-such-worker.js' })).rejects.toMatchObject({
      code: 'backend-unavailable',
    });
  });

  it('rejects every call after dispose, and the one under way', async () => {
    const verifier = await createFaceVerifier(options);
    const underWay = verifier.embed(await face('person01-a-front'));
    verifier.dispose();
    await expect(underWay).rejects.toMatchObject({ code: 'disposed' });
    await expect(verifier.analyze(blank())).rejects.toMatchObject({ code: 'disposed' });
    verifier.dispose();
  });

  it.each([null, [], 'sha256-', { 'mobilenet-160': '' }, { m: 'sha256-abc' }, { m: `sha512-${'A'.repeat(43)}=` }, { m: 7 }])(
    'refuses %j for integrity with a TypeError',
    async (integrity) => {
      await expect(createFaceVerifier({ ...options, integrity: integrity as never })).rejects.toThrow(
        /^expected integrity to map ids of models to 'sha256-' and 44 characters of base64, got/,
      );
    },
  );

  it('refuses models that are not those that integrity names, and says whose operating points it has', async () => {
    const integrity = { 'facemesh-192': `sha256-${'A'.repeat(43)}=` };
    await expect(createFaceVerifier({ ...options, integrity })).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('facemesh-192/manifest.json') as string,
    });
    // On this thread, where the test can answer in the server's place.
    const text = await (await fetch(`${MODELS_URL}facemesh-192/manifest.json`)).text();
    const own = `${text}\n`;
    const real = { Worker, fetch };
    const realFetch = fetch;
    Object.assign(globalThis, {
      Worker: undefined,
      fetch: (url: string, init?: RequestInit) =>
        url.endsWith('facemesh-192/manifest.json') ? Promise.resolve(new Response(own)) : realFetch(url, init),
    });
    try {
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(own)));
      const verifier = await createFaceVerifier({
        ...options,
        cache: false,
        integrity: { 'facemesh-192': `sha256-${btoa(String.fromCharCode(...hash))}` },
      });
      expect(verifier.info.points).toBe('own');
      verifier.dispose();
      const shipped = createFaceVerifier({ ...options, cache: false });
      await expect(shipped).rejects.toMatchObject({ code: 'model-corrupt' });
    } finally {
      Object.assign(globalThis, real);
    }
  });

  it('multiplies what it is asked to, and embeds the same', async () => {
    const picture = await face('person02-a-front');
    const embeddings: Float32Array[] = [];
    for (const arithmetic of ['int8', 'int16', 'float32'] as const) {
      const verifier = await createFaceVerifier({ ...options, arithmetic });
      // This browser has relaxed SIMD.
      expect(verifier.info.arithmetic).toBe(arithmetic);
      embeddings.push((await verifier.embed(picture)).embedding);
      verifier.dispose();
    }
    const [bytes, shorts, floats] = embeddings;
    expect(cosine(shorts, floats)).toBeGreaterThan(0.9999);
    expect(cosine(bytes, floats)).toBeGreaterThan(0.999);
    expect(cosine(bytes, floats)).toBeLessThan(cosine(shorts, floats));
  });

  it.each(['Worker', 'OffscreenCanvas'] as const)('runs on this thread where %s is missing', async (missing) => {
    const kept = Object.getOwnPropertyDescriptor(globalThis, missing)!;
    const picture = await face('person02-a-front');
    Object.defineProperty(globalThis, missing, { value: undefined, configurable: true, writable: true });
    try {
      const verifier = await createFaceVerifier(options);
      expect(verifier.info.thread).toBe('main');
      const { embedding } = await verifier.embed(picture);
      expect(cosine(embedding, (await goldenEmbeddings())['person02-a-front.png'])).toBeGreaterThan(0.999);
      verifier.dispose();
      await expect(verifier.embed(picture)).rejects.toMatchObject({ code: 'disposed' });
    } finally {
      Object.defineProperty(globalThis, missing, kept);
    }
  });
});
