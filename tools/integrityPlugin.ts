import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** A file's hash in the form of the `integrity` attribute. */
export function integrityOf(bytes: Uint8Array): string {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

/** Writes `integrity.json` next to the library: the hash of every script, for import maps and preloads in the pages that use it. */
export function integrityPlugin(): Plugin {
  return {
    name: 'visavis:integrity',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const hashes = Object.keys(bundle)
        .filter((name) => name.endsWith('.js'))
        .sort()
        .map(async (name) => [name, integrityOf(await readFile(join(dir!, name)))] as const);
      await writeFile(join(dir!, 'integrity.json'), `${JSON.stringify(Object.fromEntries(await Promise.all(hashes)), null, 2)}\n`);
    },
  };
}
