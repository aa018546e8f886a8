import { appendFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleDeclarations } from './bundleDeclarations.mjs';
import { emitDeclarations } from './emitDeclarations.mjs';
import { globalsOf } from './globalsOf.mjs';

/**
 * Writes one file of declarations for each entry into `dist`, and a report of its public API into `reports`; those of `copied`, which only add
 * to the declarations of others, as they are and without a report.
 *
 * Throws where a declaration mentions a type that neither its entry nor the first one exports, so that nobody could name it, and where a
 * doc comment is malformed.
 *
 * @param {{ root: string, entries: Readonly<Record<string, string>>, copied?: readonly string[], dist: string, reports: string }} options
 */
export async function buildDeclarations({ root, entries, copied = [], dist, reports }) {
  // Inside the repository, so that types of packages are found from there.
  const cache = join(root, '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'declarations-'));
  try {
    emitDeclarations(root, folder);
    /** @type {string[]} */
    const faults = [];
    /** @type {ReadonlySet<string>} */
    let known = new Set();
    for (const [entry, source] of Object.entries(entries)) {
      const main = join(folder, source.replace(/^src\//, '').replace(/\.ts$/, '.d.ts'));
      const bundle = join(dist, `${entry}.d.ts`);
      const bundled = bundleDeclarations({ root, main, bundle, reports, entry });
      await appendFile(bundle, globalsOf(main));
      if (known.size === 0) known = bundled.exported;
      faults.push(
        ...bundled.faults,
        ...bundled.unnamed.filter((name) => !known.has(name)).map((name) => `${entry} does not export ${name}`),
      );
    }
    for (const entry of copied) await cp(join(folder, `${entry}.d.ts`), join(dist, `${entry}.d.ts`));
    if (faults.length > 0) throw new Error(`The declarations have faults:\n${faults.join('\n')}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
