import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheName, openCache } from './openCache.mjs';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'visavis-'));
  path = join(folder, 'deep', 'cache.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const stamp = { size: 10, mtime: 5 };
const face = { file: 'a/ü.jpg', embedding: Float32Array.from([0.6, -0.8]), reasons: ['blurred'], measures: { score: 0.5 } };
const none = { file: 'b.jpg', embedding: null, reasons: [], error: 'no-face' };

describe('openCache', () => {
  it('gives back what was added, also in a later run', () => {
    const first = openCache(path);
    first.add(stamp, face);
    first.add(stamp, none);
    const later = openCache(path);
    expect(later.size).toBe(2);
    expect(later.get(face.file, stamp)).toEqual(face);
    expect(later.get(none.file, stamp)).toEqual(none);
    expect(later.get('c.jpg', stamp)).toBeNull();
  });

  it('keeps biometric data out of the repository around it', () => {
    openCache(path);
    expect(readFileSync(join(folder, 'deep/.gitignore'), 'utf8')).toBe('*\n');
  });

  it('does not know a file that changed, until it is added anew', () => {
    openCache(path).add(stamp, face);
    const newer = { size: 10, mtime: 6 };
    const later = openCache(path);
    expect(later.get(face.file, newer)).toBeNull();
    expect(later.get(face.file, { size: 11, mtime: 5 })).toBeNull();
    later.add(newer, { ...face, reasons: [] });
    expect(openCache(path).get(face.file, newer)).toEqual({ ...face, reasons: [] });
  });

  it('survives a line that was cut off anywhere', () => {
    openCache(path).add(stamp, none);
    const whole = readFileSync(path, 'utf8');
    openCache(path).add(stamp, face);
    const line = readFileSync(path, 'utf8').slice(whole.length);
    for (let cut = 1; cut < line.length; cut += 7) {
      writeFileSync(path, whole + line.slice(0, cut));
      const later = openCache(path);
      expect(later.get(none.file, stamp)).toEqual(none);
      later.add(stamp, face);
      expect(openCache(path).get(face.file, stamp)).toEqual(face);
    }
  });

  it('ignores lines of something else', () => {
    openCache(path).add(stamp, none);
    appendFileSync(path, 'null\n[]\n{"file":1}\n{"file":"x","reasons":[],"embedding":"abc"}\n');
    expect(openCache(path).size).toBe(1);
  });

  it('starts anew where that is wanted', () => {
    openCache(path).add(stamp, face);
    expect(openCache(path, { fresh: true }).size).toBe(0);
    expect(openCache(path).size).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('is for nobody else to read', () => {
    openCache(path).add(stamp, face);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'deep')).mode & 0o077).toBe(0);
  });
});

describe('cacheName', () => {
  it('differs with each part', () => {
    const names = [
      cacheName(['a'], 1, 'wasm', '/x'),
      cacheName(['b'], 1, 'wasm', '/x'),
      cacheName(['a'], 2, 'wasm', '/x'),
      cacheName(['a'], 1, 'wasm', '/y'),
    ];
    expect(new Set(names).size).toBe(4);
    expect(names[0]).toMatch(/^[0-9a-f]{32}\.jsonl$/);
  });
});
