import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../packageRoot.js';

const ROOT = packageRoot();
const FILES = [
  ...readdirSync(ROOT),
  ...['demo', 'docs', 'e2e', 'src', 'tools'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { encoding: 'utf8', recursive: true }).map((name) => `${folder}/${name}`),
  ),
].filter((path) => !/node_modules|\.vitepress\/(?:cache|dist)|^docs\/(?:api|project|public)/.test(path));
/** Inline code, and in it, alone or in a command, a path from the root or a test. */
const CODE = /`[^`\n]+`/g;
const FILE = /(?<=[`\s])(?:(?:bench|demo|docs|e2e|examples|src|tools|training)\/[\w./-]*\w|[\w./-]+\.(?:test|spec)\.ts)(?=[`\s/])/g;
/** What stands for a name of the reader's own, as in `tools/recipes/ID/`, is in the reader's own app, or is made by a command. */
const NOT_OURS = /[A-Z]{2,}\b|\/my-|^src\/main\.ts$|^training\/out$/;

const isThere = (name: string, page: string) =>
  existsSync(join(ROOT, name)) || existsSync(join(ROOT, dirname(page), name)) || FILES.some((path) => path.endsWith(`/${name}`));

const pages = FILES.filter((path) => path.endsWith('.md')).map((path) => {
  const code = readFileSync(join(ROOT, path), 'utf8').match(CODE) ?? [];
  return { path, names: code.flatMap((each) => each.match(FILE) ?? []).filter((name) => !NOT_OURS.test(name)) };
});

it('names no file of the repository that is not there', () => {
  expect(pages.flatMap(({ path, names }) => names.filter((name) => !isThere(name, path)).map((name) => `${path}: ${name}`))).toEqual([]);
});

it('names the tests of the promises', () => {
  expect(pages.find(({ path }) => path === 'docs/security.md')!.names.filter((name) => name.endsWith('test.ts')).length).toBeGreaterThan(
    30,
  );
});
