import type { Manifest } from '../../src/shared/Manifest.js';
import facepluginCohort from './faceplugin-112/cohort.bin?url&inline';
import facepluginLicense from './faceplugin-112/LICENSE?raw';
import facepluginManifest from './faceplugin-112/manifest.json?raw';
import facepluginCard from './faceplugin-112/MODEL_CARD.md?raw';
import faceplugin from './faceplugin-112/recipe.json';
import mobilefacenetCohort from './mobilefacenet-112/cohort.bin?url&inline';
import mobilefacenetLicense from './mobilefacenet-112/LICENSE?raw';
import mobilefacenetManifest from './mobilefacenet-112/manifest.json?raw';
import mobilefacenetCard from './mobilefacenet-112/MODEL_CARD.md?raw';
import mobilefacenet from './mobilefacenet-112/recipe.json';
import type { Recipe } from './Recipe.js';

type Written = Omit<Recipe, 'manifest' | 'texts' | 'cohort' | 'options'> & { readonly options: object };

/** The models that `visavis models add` makes of files that others publish. */
export const RECIPES: readonly Recipe[] = [
  recipe(faceplugin, facepluginManifest, facepluginCohort, facepluginCard, facepluginLicense),
  recipe(mobilefacenet, mobilefacenetManifest, mobilefacenetCohort, mobilefacenetCard, mobilefacenetLicense),
];

function recipe(written: Written, manifest: string, cohort: string, card: string, license: string): Recipe {
  return {
    ...written,
    options: written.options,
    manifest: JSON.parse(manifest) as Manifest,
    cohort: Buffer.from(cohort.slice(cohort.indexOf(',') + 1), 'base64'),
    texts: new Map([
      ['manifest.json', manifest],
      ['MODEL_CARD.md', card],
      ['LICENSE', license],
    ]),
  };
}
