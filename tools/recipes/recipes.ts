import type { Manifest } from '../../src/shared/Manifest.js';
import facepluginLicense from './faceplugin-112/LICENSE?raw';
import facepluginManifest from './faceplugin-112/manifest.json?raw';
import facepluginCard from './faceplugin-112/MODEL_CARD.md?raw';
import faceplugin from './faceplugin-112/recipe.json';
import mobilefacenetLicense from './mobilefacenet-112/LICENSE?raw';
import mobilefacenetManifest from './mobilefacenet-112/manifest.json?raw';
import mobilefacenetCard from './mobilefacenet-112/MODEL_CARD.md?raw';
import mobilefacenet from './mobilefacenet-112/recipe.json';
import type { Recipe } from './Recipe.js';

type Written = Omit<Recipe, 'manifest' | 'texts' | 'options'> & { readonly options: object };

/** The models that `visavis models add` makes of files that others publish. */
export const RECIPES: readonly Recipe[] = [
  recipe(faceplugin, facepluginManifest, facepluginCard, facepluginLicense),
  recipe(mobilefacenet, mobilefacenetManifest, mobilefacenetCard, mobilefacenetLicense),
];

function recipe(written: Written, manifest: string, card: string, license: string): Recipe {
  return {
    ...written,
    options: written.options,
    manifest: JSON.parse(manifest) as Manifest,
    texts: new Map([
      ['manifest.json', manifest],
      ['MODEL_CARD.md', card],
      ['LICENSE', license],
    ]),
  };
}
