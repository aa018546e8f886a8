import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { parseTemplate, serializeTemplate } from './client/templateText.js';
import { parseManifest } from './engine/models/parseManifest.js';
import type { Template } from './shared/Template.js';
import { VERSION } from './shared/version.js';
import { VisavisError } from './shared/VisavisError.js';
import { ByteWriter } from './vault/sealed/ByteWriter.js';
import { parseEnvelope, writeEnvelope } from './vault/sealed/envelope.js';
import { parseLockEnvelope, writeLockEnvelope } from './vault/lock/lockEnvelope.js';
import { parseEntries, parsePortable, writeEntries } from './vault/sealed/portableFile.js';
import { parsePayload, writePayload } from './vault/sealed/templatePayload.js';
import { createEngineService } from './worker/createEngineService.js';

/** An engine that does everything it is asked: what reaches it went through the checks. */
const engine = vi.hoisted(() => ({ calls: [] as unknown[][] }));
vi.mock('./engine/FaceEngine.js', () => {
  const answer = (...args: unknown[]) => Promise.resolve(void engine.calls.push(args));
  return { FaceEngine: { load: () => Promise.resolve({ info: {}, analyze: answer, look: answer, embedAll: answer, embedCrop: answer }) } };
});

/** What Node has not: two pixels. */
class DrawnPixels {
  readonly #size = [2, 1] as const;
  readonly data = new Uint8ClampedArray(8);
  get width(): number {
    return this.#size[0];
  }
  get height(): number {
    return this.#size[1];
  }
}

/** Cases in all, shared out evenly. */
const CASES = Number(process.env.VISAVIS_FUZZ_CASES ?? 100_000);
const PARSERS = 8;
const runs = { numRuns: Math.ceil(CASES / PARSERS) };

const template: Template = {
  format: 'visavis-template',
  formatVersion: 1,
  model: 'm',
  modelVersion: '1.0.0',
  pipelineVersion: 1,
  embedding: Float32Array.of(0.6, 0.8),
  captures: 3,
  consistency: 0.9,
  createdAt: '2026-01-02T03:04:05.000Z',
  protection: { scheme: 'rotation-int8-1', keyId: '0123456789abcdef' },
};
const { model, modelVersion, pipelineVersion } = template;
const origin = { model, modelVersion, pipelineVersion };
const block = (length: number) => new Uint8Array(length).fill(5);

/** Right bytes with a few changed, cut or put in, and bytes at random. */
function damaged(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({ at: fc.nat(good.length), drop: fc.nat(4), put: fc.uint8Array({ maxLength: 4 }) });
  const edited = fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) =>
      edits.reduce((bytes, { at, drop, put }) => Uint8Array.from([...bytes.slice(0, at), ...put, ...bytes.slice(at + drop)]), good),
    );
  return fc.oneof({ weight: 5, arbitrary: edited }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) });
}

/** Right JSON with a value replaced anywhere, with a few characters changed, and any text. */
function damagedText(good: string): fc.Arbitrary<string> {
  const paths = pathsOf(JSON.parse(good));
  const replaced = fc
    .tuple(fc.constantFrom(...paths), fc.oneof(fc.jsonValue(), fc.double(), fc.constantFrom(null, -1, 2 ** 53, '', [])))
    .map(([path, value]) => withValue(good, path, value));
  const edited = fc
    .tuple(fc.nat(good.length), fc.nat(3), fc.string({ maxLength: 3 }))
    .map(([at, drop, put]) => good.slice(0, at) + put + good.slice(at + drop));
  return fc.oneof({ weight: 4, arbitrary: replaced }, { weight: 3, arbitrary: edited }, fc.string(), fc.json());
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  // Of long lists the first values stand for all.
  return [
    path,
    ...Object.entries(value)
      .slice(0, 12)
      .flatMap(([key, child]) => pathsOf(child, [...path, key])),
  ];
}

function withValue(text: string, path: string[], value: unknown): string {
  const root = { '': JSON.parse(text) as unknown };
  const keys = ['', ...path];
  const last = keys.pop()!;
  const parent = keys.reduce<Record<string, unknown>>((object, key) => object[key] as Record<string, unknown>, root);
  parent[last] = value;
  return JSON.stringify(root['']) ?? 'undefined';
}

function attempt(parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    expect(error).toBeInstanceOf(VisavisError);
  }
}

/** What is cut short of a manifest, so that a case takes no longer than it has to. */
interface ShortManifest {
  files: { bytes: number }[];
  embedder: {
    embeddingSize: number;
    golden: { embedding: number[]; int8: { embedding: number[] } };
    cohort: { count: number; fused: unknown[] };
  };
}

describe(`parsers, ${CASES} cases`, { timeout: 600_000 }, () => {
  it('template text', () => {
    const good = serializeTemplate(template);
    expect(parseTemplate(good)).toEqual(template);
    fc.assert(
      fc.property(damagedText(good), (text) => attempt(() => parseTemplate(text))),
      runs,
    );
  });

  it('manifest', () => {
    const good = readFileSync(new URL('../public/models/mobilenet-160/manifest.json', import.meta.url), 'utf8');
    // Without most of the golden embedding's numbers: they are all alike, and parsing them takes long.
    const manifest = JSON.parse(good) as ShortManifest;
    manifest.embedder.embeddingSize = 2;
    for (const { embedding } of [manifest.embedder.golden, manifest.embedder.golden.int8]) embedding.length = 2;
    manifest.embedder.cohort.fused.length = 1;
    manifest.files[2].bytes = 2 * manifest.embedder.cohort.count;
    const short = JSON.stringify(manifest);
    expect(parseManifest(short, 'm.json').id).toBe('mobilenet-160');
    fc.assert(
      fc.property(damagedText(short), (text) => attempt(() => parseManifest(text, 'm.json'))),
      runs,
    );
  });

  it('envelope', () => {
    const good = { kind: 'template', origin, iv: block(12), data: block(40) } as const;
    expect(parseEnvelope(writeEnvelope(good))).toEqual(good);
    fc.assert(
      fc.property(damaged(writeEnvelope(good)), (bytes) => attempt(() => parseEnvelope(bytes))),
      runs,
    );
  });

  it('lock', () => {
    const parts = { innerIv: block(12), outerIv: block(12), sealed: block(64) };
    const recipes = [
      { kind: 'passphrase', memoryKiB: 19_456, passes: 2, lanes: 1, salt: block(16) },
      { kind: 'passkey', credentialId: block(20), salt: block(32) },
      { kind: 'secret' },
    ] as const;
    for (const recipe of recipes) expect(parseLockEnvelope(writeLockEnvelope({ recipe, ...parts }))).toEqual({ recipe, ...parts });
    const bytes = fc.oneof(...recipes.map((recipe) => damaged(writeLockEnvelope({ recipe, ...parts }))));
    fc.assert(
      fc.property(bytes, (lock) => attempt(() => parseLockEnvelope(lock))),
      runs,
    );
  });

  it('decrypted template', () => {
    const good = writePayload(template);
    expect(parsePayload(good, origin)).toEqual(template);
    fc.assert(
      fc.property(damaged(good), (bytes) => attempt(() => parsePayload(bytes, origin))),
      runs,
    );
  });

  it('decrypted export', () => {
    const good = [{ id: 'ann', template, protectionKey: block(32) }];
    expect(parseEntries(writeEntries(good))).toEqual(good);
    fc.assert(
      fc.property(damaged(writeEntries(good)), (bytes) => attempt(() => parseEntries(bytes))),
      runs,
    );
  });

  it('exported file', async () => {
    const head = new ByteWriter().ascii('VVXP').uint(1, 1).uint(19_456, 4).uint(2, 4).uint(1, 1).raw(block(16));
    const good = head.raw(block(12)).block(block(40)).bytes();
    const hashed = async (bytes: Uint8Array) =>
      new ByteWriter()
        .raw(bytes)
        .raw(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))))
        .bytes();
    expect((await parsePortable(await hashed(good))).data).toEqual(block(40));
    // With the right hash: whoever alters a file can compute it as well.
    await fc.assert(
      fc.asyncProperty(damaged(good), async (bytes) => {
        await parsePortable(await hashed(bytes)).catch((error: unknown) => expect(error).toBeInstanceOf(VisavisError));
      }),
      runs,
    );
  });

  it('worker messages', async () => {
    const service = createEngineService();
    const nothing = () => undefined;
    const urls = ['https://example.org/tfjs.js'];
    const assets = { kernels: { data: '', places: {} }, occlusion: '', tfjs: { gpu: urls, wasm: urls } };
    const options = { version: VERSION, assets, modelsUrl: 'https://example.org/', model: 'm', backend: 'wasm', cache: false } as const;
    expect(await service.load(options, nothing, nothing)).toMatchObject({ ok: true });
    const field = fc.oneof(fc.anything(), fc.constantFrom('only', 'central', true, null, 3, 'auto', 'https://example.org/'));
    const message = fc.oneof(
      fc.anything(),
      fc.record({ select: field, gate: field, stream: field }),
      fc.record({
        version: fc.constant(VERSION),
        assets: fc.oneof(field, fc.record({ kernels: field, occlusion: field, tfjs: field })),
        modelsUrl: field,
        model: field,
        backend: field,
        cache: field,
      }),
    );
    vi.stubGlobal('ImageData', DrawnPixels);
    const pixels = new DrawnPixels();
    const frame = fc.oneof({ weight: 1, arbitrary: message }, { weight: 3, arbitrary: fc.constant(pixels) });
    const calls = fc.oneof(
      fc.tuple(fc.constant('load' as const), message, fc.constant(nothing), fc.constant(nothing)),
      fc.tuple(fc.constantFrom(...(['analyze', 'look', 'embedAll', 'embedCrop'] as const)), frame, fc.oneof(message, field), field),
    );
    const isStream = (stream: unknown) => stream === null || Number.isSafeInteger(stream);
    const isPlace = (stream: unknown, small: unknown) => isStream(stream) && (small === false || (small === true && stream === null));
    const isLook = (options: unknown) => {
      const { select, gate, stream } = (options ?? {}) as Record<string, unknown>;
      return (select === 'only' || select === 'central') && typeof gate === 'boolean' && isStream(stream);
    };
    const fits = { analyze: isPlace, look: isLook, embedAll: isPlace, embedCrop: () => true };
    engine.calls.length = 0;
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(calls, async ([name, ...args]) => {
        const outcome = await (service[name] as (...args: unknown[]) => ReturnType<typeof service.embedCrop>)(...args);
        if (name !== 'load') {
          expect(outcome.ok).toBe(args[0] === pixels && fits[name](args[1], args[2]));
          if (outcome.ok) passed++;
        }
        if (!outcome.ok) expect(['VisavisError', 'TypeError', 'RangeError']).toContain(outcome.error.name);
      }),
      runs,
    );
    vi.unstubAllGlobals();
    expect(passed).toBeGreaterThan(0);
    expect(engine.calls.length).toBe(passed);
  });
});
