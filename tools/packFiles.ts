import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { PackedFiles } from '../src/shared/PackedFiles.js';

/** Files as a script can hold them, under their names without ending. Those that are alike should follow each other. */
export async function packFiles(paths: readonly string[]): Promise<PackedFiles> {
  return packBytes(await Promise.all(paths.map(async (path) => [basename(path, '.wasm'), await readFile(path)] as const)));
}

/** The same of files that are in memory, by name. */
export function packBytes(files: readonly (readonly [name: string, bytes: Buffer])[]): PackedFiles {
  let end = 0;
  const places = Object.fromEntries(files.map(([name, { length }]) => [name, [end, (end += length)] as const]));
  const joined = Buffer.concat(files.map(([, bytes]) => bytes));
  return { data: deflateSync(joined, { level: 9, memLevel: 9 }).toString('base64'), places };
}
