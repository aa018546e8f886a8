import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import pins from './manifestPins.json';

const MODELS = new URL('../../public/models/', import.meta.url);

it('pins the manifest of every model of the repository; otherwise run `npm run pin`', () => {
  const found = readdirSync(MODELS).map((id) => {
    const manifest = readFileSync(new URL(`${id}/manifest.json`, MODELS));
    return [id, `sha256-${createHash('sha256').update(manifest).digest('base64')}`] as const;
  });
  expect(pins).toEqual(Object.fromEntries(found));
});
