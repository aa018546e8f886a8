import inceptionManifest from '../../public/models/inception-160/manifest.json';
import inceptionPackage from '../../public/models/inception-160/package.json';
import pins from '../../src/shared/manifestPins.json';
import type { Recipe } from '../recipes/Recipe.js';
import { RECIPES } from '../recipes/recipes.js';

/** A model that is a package of its own, or is made of a file in somebody else's. */
export interface AddableModel {
  readonly id: string;
  /** Name and version, as npm takes them. */
  readonly spec: string;
  readonly license: string;
  readonly bytes: number;
  /** How it is made. Without one the package holds the model as it is. */
  readonly recipe?: Recipe;
}

/** The models that `visavis models add` takes by name, each at the version that this version of visavis knows. */
export const ADDABLE_MODELS: readonly AddableModel[] = [
  {
    id: inceptionManifest.id,
    spec: `${inceptionPackage.name}@${inceptionPackage.version}`,
    license: inceptionManifest.license,
    bytes: bytesOf(inceptionManifest),
  },
  ...RECIPES.map((recipe) => ({
    id: recipe.id,
    spec: recipe.spec,
    license: recipe.manifest.license,
    bytes: bytesOf(recipe.manifest),
    recipe,
  })),
];

/** The hash that the manifest of a model of ours has; undefined for other people's models. */
export function pinOf(id: string): string | undefined {
  return Object.hasOwn(pins, id) ? (pins as Record<string, string>)[id] : undefined;
}

/** Bytes of all files that a manifest lists. */
export function bytesOf({ files }: { readonly files: readonly { readonly bytes: number }[] }): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
