import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import pins from '../src/shared/manifestPins.json';
import type { Manifest } from '../src/shared/Manifest.js';
import shipped from '../src/shared/shippedFiles.json';
import { SHIPPED_MODELS } from './models/shippedModels.mjs';

const MODELS = new URL('../public/models/', import.meta.url);
/** Models that are made of other people's files; what is installed of them is not in the repository. */
const RECIPES = new URL('./recipes/', import.meta.url);

it('pins the manifest of every model that ships, and of every recipe; otherwise run `npm run pin`', () => {
  const made = readdirSync(RECIPES, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
  const found = [...new Set([...SHIPPED_MODELS, ...made])].map((id) => {
    const manifest = readFileSync(new URL(`${id}/manifest.json`, made.includes(id) ? RECIPES : MODELS));
    return [id, `sha256-${createHash('sha256').update(manifest).digest('base64')}`] as const;
  });
  expect(pins).toEqual(Object.fromEntries(found));
});

it('lists the files of every model that ships, and of no recipe', () => {
  const found = SHIPPED_MODELS.map((id) => {
    const { version, files } = JSON.parse(readFileSync(new URL(`${id}/manifest.json`, MODELS), 'utf8')) as Manifest;
    return [id, { id, version, files }] as const;
  });
  expect(shipped).toEqual(Object.fromEntries(found));
});
