import { readFile } from 'node:fs/promises';
import { followRecipe } from '../recipes/followRecipe.js';
import type { Recipe } from '../recipes/Recipe.js';
import { checkModel, type CheckedModel } from './checkModel.js';
import { packFromRegistry } from './packFromRegistry.js';
import { unpackFile } from './unpackFile.js';

/**
 * A model that is made of a file in somebody else's package: of the very file that the recipe knows, and with every byte that it says.
 * @param from the file, or the packed package, where it does not come from the user's npm
 */
export async function makeModel(recipe: Recipe, from?: string): Promise<CheckedModel> {
  const { id, spec, path } = recipe;
  const bytes = await fileOf(recipe, from);
  console.log(`Importing ${path} of ${spec}: takes half a minute …`);
  const files = await followRecipe(recipe, bytes);
  const read = (name: string) => Promise.resolve(files.get(name) ?? null);
  return checkModel(read, `what was imported from ${spec}`, { id, pinned: true });
}

async function fileOf({ spec, path }: Recipe, from: string | undefined): Promise<Buffer> {
  if (from === undefined) return unpackFile(await packFromRegistry(spec), path, spec);
  const file = await readFile(from).catch((cause: unknown) => {
    throw new Error(`--from: cannot read ${from}`, { cause });
  });
  return /\.(tgz|tar\.gz)$/i.test(from) ? unpackFile(file, path, from) : file;
}
