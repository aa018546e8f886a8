import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as library from '../src/index.js';
import { isOfLibrary } from './elementPlugin.js';

const ELEMENT = join(import.meta.dirname, '../src/element');

it('the element takes nothing from visavis.js that this does not export', () => {
  const all = readdirSync(ELEMENT, { recursive: true, encoding: 'utf8' });
  const files = all.filter((file) => file.endsWith('.ts') && !/\.test\.ts$|fixtures/.test(file));
  const taken = files.flatMap((file) => {
    const imports = readFileSync(join(ELEMENT, file), 'utf8').matchAll(/^import \{([^}]*)\} from '([^']+)'/gm);
    return [...imports].flatMap(([, names = '', path = '']) => (isOfLibrary(path) ? names.split(',') : []));
  });
  const names = [...new Set(taken.map((name) => name.trim()).filter((name) => name && !name.startsWith('type ')))];
  expect(names.length).toBeGreaterThan(5);
  expect(names.map((name) => name.replace(/ as .*/, '')).filter((name) => !(name in library))).toEqual([]);
});
