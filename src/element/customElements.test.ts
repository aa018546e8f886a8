import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { CaptureElement } from './CaptureElement.js';

interface Member {
  readonly name: string;
  readonly kind?: string;
  readonly readonly?: boolean;
  readonly fieldName?: string;
  readonly type?: { readonly text: string };
  readonly description?: string;
}
interface Manifest {
  readonly modules: readonly { readonly declarations: readonly Record<string, readonly Member[]>[] }[];
}

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
const [told] = (JSON.parse(read('../../custom-elements.json')) as Manifest).modules[0].declarations;
const names = (kind: string) => told[kind].map(({ name }) => name).sort();
const views = readdirSync(join(import.meta.dirname, 'view')).map((name) => read(`view/${name}`));
const sources = [...views, read('CaptureElement.ts'), read('styles/tokens.ts')].join('\n');
const found = (pattern: RegExp) => [...new Set([...sources.matchAll(pattern)].flatMap(([, text]) => text.split(' ')))].sort();

/** The members of an exported interface as its file writes them: types and comments. */
function declared(name: string): ReadonlyMap<string, { readonly type: string; readonly comment: string; readonly readonly: boolean }> {
  const file = ts.createSourceFile('a.ts', read(`${FILES[name]}.ts`), ts.ScriptTarget.Latest, true);
  const found = file.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === name);
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`no interface ${name}`);
  return new Map(
    found.members.filter(ts.isPropertySignature).map((member) => [
      ts.isStringLiteral(member.name) ? member.name.text : member.name.getText(),
      {
        type: member.type?.getText() ?? '',
        comment: (ts.getJSDocCommentsAndTags(member)[0]?.comment as string | undefined)?.replaceAll(/\s+/g, ' ') ?? '',
        readonly: member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) ?? false,
      },
    ]),
  );
}

const FILES: Record<string, string> = {
  VisavisCaptureElement: 'VisavisCaptureElement',
  CaptureAttributes: 'CaptureAttributes',
  VisavisCaptureEventMap: 'CaptureEvents',
};
const element = declared('VisavisCaptureElement');
const hyphenated = declared('CaptureAttributes');
/** What an interface picks of the element's properties. */
const picked = (name: string) =>
  [
    ...(new RegExp(`(?:interface|type) ${name} (?:extends|=) ([^{;]*)`).exec(read('CaptureAttributes.ts'))?.[1].matchAll(/'(\w+)'/g) ?? []),
  ].map(([, property]) => property);

it('custom-elements.json tells of every attribute, slot, part and custom property, and of no other', () => {
  expect(names('attributes')).toEqual([...CaptureElement.observedAttributes].sort());
  expect(names('slots')).toEqual(found(/<slot name="([\w-]+)"/g));
  expect(names('cssParts')).toEqual(found(/ part="([\w -]+)"/g));
  expect(names('cssProperties')).toEqual(found(/var\((--visavis-[\w-]+)/g));
});

it('custom-elements.json says of properties, attributes and events what the declarations say', () => {
  const fields = told.members.filter(({ kind }) => kind === 'field');
  expect(fields.map(({ name, type, readonly = false }) => [name, type?.text, readonly]).sort()).toEqual(
    [...element].map(([name, { type, readonly }]) => [name, type, readonly]).sort(),
  );
  // `lang` is every element's.
  const own = told.attributes.filter(({ name }) => name !== 'lang');
  for (const { name, fieldName = '', type, description } of own) {
    expect([name, type?.text]).toEqual([name, element.get(fieldName)?.type]);
    if (element.get(fieldName)?.comment) expect([name, description]).toEqual([name, element.get(fieldName)?.comment]);
  }
  expect(told.events.map(({ name, type }) => [name, type?.text]).sort()).toEqual(
    [...[...declared('VisavisCaptureEventMap')].map(([name, { type }]) => [name, type]), ['change', 'Event']].sort(),
  );
});

it('markup is typed with all attributes, and all properties that have none', () => {
  const own = told.attributes.filter(({ name }) => name !== 'lang');
  expect([...picked('CaptureAttributes'), ...hyphenated.keys()].sort()).toEqual(own.map(({ name }) => name).sort());
  for (const { name, fieldName = '' } of own) {
    if (!name.includes('-')) expect(fieldName).toBe(name);
    else expect([name, hyphenated.get(name)]).toEqual([name, { ...element.get(fieldName), readonly: false }]);
  }
  const written = new Set(own.map(({ fieldName }) => fieldName));
  const objects = [...element].filter(([name, { readonly }]) => !readonly && !written.has(name)).map(([name]) => name);
  expect(picked('CaptureObjects').sort()).toEqual(objects.sort());
});
