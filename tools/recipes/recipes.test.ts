import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import shipped from '../../public/models/mobilenet-160/manifest.json';
import pins from '../../src/shared/manifestPins.json';
import { checkModel } from '../models/checkModel.js';
import { followRecipe } from './followRecipe.js';
import { RECIPES } from './recipes.js';

const folder = process.env.VISAVIS_RECIPE_FILES;
if (folder === undefined) console.warn('SKIPPED: following the recipes (VISAVIS_RECIPE_FILES names no folder of unpacked packages)');

describe.each(RECIPES)('$id', (recipe) => {
  const read = (texts: ReadonlyMap<string, string>) => (name: string) =>
    Promise.resolve(texts.has(name) ? Buffer.from(texts.get(name)!) : null);

  it('names a file, and keeps what tells people about it', () => {
    expect(recipe.spec).toMatch(/^[\w@/.-]+@\d+\.\d+\.\d+$/);
    expect(recipe.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(recipe.manifest).toMatchObject({ id: recipe.id, importedFrom: { sha256: recipe.sha256 } });
    expect(recipe.manifest.license).toMatch(/not known/);
    expect(recipe.texts.get('LICENSE')).toMatch(/^The weights of .*\n\nLicense not known\./);
    expect(recipe.texts.get('MODEL_CARD.md')).toContain(`# ${recipe.id}, version ${recipe.manifest.version}\n`);
  });

  it('has operating points for the numbers of captures that the default model has', () => {
    const counts = ({ fused = [] }: { fused?: readonly { templateFrames: number; probeFrames: number }[] }) =>
      fused.map(({ templateFrames, probeFrames }) => [templateFrames, probeFrames]);
    expect(recipe.manifest.embedder!.operatingPoints.length).toBeGreaterThan(5);
    expect(counts(recipe.manifest.embedder!)).toEqual(counts(shipped.embedder));
    expect(counts(recipe.manifest.embedder!.cohort!)).toEqual(counts(shipped.embedder.cohort));
  });

  it('has the cohort that its manifest names', () => {
    const { path, count } = recipe.manifest.embedder!.cohort!;
    const sha256 = createHash('sha256').update(recipe.cohort).digest('hex');
    expect(recipe.manifest.files).toContainEqual({ path, bytes: count * recipe.manifest.embedder!.embeddingSize, sha256 });
    expect(recipe.cohort.length).toBeLessThanOrEqual(300_000);
  });

  it('is pinned, and lacks nothing but the network', async () => {
    await expect(checkModel(read(recipe.texts), 'x', { id: recipe.id, pinned: true })).rejects.toThrow(
      'x lacks model.json, which its manifest lists',
    );
    expect(Object.keys(pins)).toContain(recipe.id);
  });

  it('refuses any other file', async () => {
    await expect(followRecipe(recipe, Buffer.from('no model'))).rejects.toThrow(`${recipe.path} is not the file of ${recipe.spec}`);
  });

  // The packages are other people's: who has unpacked them names the folder, and the bytes that the import makes are compared.
  const file = folder === undefined ? undefined : join(folder, recipe.path);
  if (folder !== undefined && !existsSync(file!)) console.warn(`SKIPPED: following the recipe ${recipe.id} (${file!} is not there)`);
  it.runIf(file !== undefined && existsSync(file))('makes the same bytes as ever', { timeout: 600_000 }, async () => {
    const files = await followRecipe(recipe, readFileSync(file!));
    await checkModel((name) => Promise.resolve(files.get(name) ?? null), 'x', { id: recipe.id, pinned: true });
  });
});
