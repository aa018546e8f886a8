import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckedModel } from './checkModel.js';

/** Another run may still be at work in what is younger, milliseconds. */
const ABANDONED = 600_000;
/** How many runs may put a model into the same place at once. */
const MOST_RUNS = 100;
/** What renaming to a folder that is there says; Windows says `EPERM`, also while another program reads what was just written. */
const TAKEN = ['ENOTEMPTY', 'EEXIST', 'EPERM'];

/** Reads files of a folder; null for what is not there. */
export function filesOf(folder: string): (name: string) => Promise<Buffer | null> {
  return (name) => readFile(join(folder, name)).catch(onMissing(null));
}

/** The ids of the models in a folder of models, sorted, links to folders included; null where there is no such folder. */
export async function modelsIn(folder: string): Promise<string[] | null> {
  const names = await readdir(folder).catch(onMissing(null));
  if (!names) return null;
  // Not the entry, which of a link says that it is one.
  const isFolder = async (name: string) => (await stat(join(folder, name)).catch(() => null))?.isDirectory() ?? false;
  const found = await Promise.all(names.map(async (name) => (!name.startsWith('.') && (await isFolder(name)) ? [name] : [])));
  return found.flat().sort();
}

/**
 * Puts a model into a folder of models, in place of what is there under its id: whole or not at all.
 * @returns whether anything had to be written
 */
export async function putModel(folder: string, { manifest, files }: CheckedModel): Promise<boolean> {
  const target = join(folder, manifest.id);
  await tidy(folder, manifest.id);
  const there = filesOf(target);
  const same = await Promise.all([...files].map(async ([name, data]) => (await there(name))?.equals(data) ?? false));
  if (same.every(Boolean)) return false;
  const fresh = besides(folder, manifest.id, 'new');
  try {
    await mkdir(fresh, { recursive: true });
    for (const [name, data] of files) await writeFile(join(fresh, name), data);
    await replace(target, fresh, () => besides(folder, manifest.id, 'old'));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return true;
}

function besides(folder: string, id: string, kind: 'new' | 'old'): string {
  return join(folder, `.${id}-${kind}-${randomUUID()}`);
}

/** Renames a folder to `target`, in place of what is there; another run that does the same is in nobody's way. */
async function replace(target: string, fresh: string, newName: () => string): Promise<void> {
  /** What was there, and what other runs put there meanwhile. */
  const aside: string[] = [];
  for (let left = MOST_RUNS; ; left--) {
    const old = newName();
    if (await rename(target, old).then(() => true, onMissing(false))) aside.push(old);
    try {
      await rename(fresh, target);
      break;
    } catch (error) {
      // Another run was faster: what it has put there is set aside in turn.
      if (TAKEN.includes((error as NodeJS.ErrnoException).code ?? '') && left > 0) continue;
      // Back it goes, unless another run has put something newer there; else `tidy` finds it.
      const last = aside.at(-1);
      if (last !== undefined) await rename(last, target).catch(() => undefined);
      throw error;
    }
  }
  await Promise.all(aside.map((old) => rm(old, { recursive: true, force: true })));
}

/** Takes away what a run left that was ended in the middle, and puts the model back that it had set aside. */
async function tidy(folder: string, id: string): Promise<void> {
  const names = await readdir(folder).catch(onMissing([]));
  for (const name of names.filter((one) => one.startsWith(`.${id}-old-`) || one.startsWith(`.${id}-new-`))) {
    const path = join(folder, name);
    const left = await stat(path).catch(onMissing(null));
    if (!left || Date.now() - left.ctimeMs < ABANDONED) continue;
    const isThere = (await stat(join(folder, id)).catch(onMissing(null))) !== null;
    if (name.startsWith(`.${id}-old-`) && !isThere) await rename(path, join(folder, id));
    else await rm(path, { recursive: true, force: true });
  }
}

function onMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return value;
    throw error;
  };
}
