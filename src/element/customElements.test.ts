import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CaptureElement } from './CaptureElement.js';

interface Manifest {
  readonly modules: readonly { readonly declarations: readonly Record<string, readonly { readonly name: string }[]>[] }[];
}

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
const [told] = (JSON.parse(read('../../custom-elements.json')) as Manifest).modules[0].declarations;
const names = (kind: string) => told[kind].map(({ name }) => name).sort();
const views = readdirSync(join(import.meta.dirname, 'view')).map((name) => read(`view/${name}`));
const sources = [...views, read('CaptureElement.ts'), read('styles/tokens.ts')].join('\n');
const found = (pattern: RegExp) => [...new Set([...sources.matchAll(pattern)].flatMap(([, text]) => text.split(' ')))].sort();

it('custom-elements.json tells of every attribute, slot, part and custom property, and of no other', () => {
  expect(names('attributes')).toEqual([...CaptureElement.observedAttributes].sort());
  expect(names('slots')).toEqual(found(/<slot name="([\w-]+)"/g));
  expect(names('cssParts')).toEqual(found(/ part="([\w -]+)"/g));
  expect(names('cssProperties')).toEqual(found(/var\((--visavis-[\w-]+)/g));
});
