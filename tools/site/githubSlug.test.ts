import { expect, it } from 'vitest';
import { githubSlug } from './githubSlug.mjs';

it('makes the anchors that links in the docs are written for', () => {
  expect(githubSlug('A browser’s verdict is not proof to a server')).toBe('a-browsers-verdict-is-not-proof-to-a-server');
  expect(githubSlug('`verify()`, at 1 in 1,000: what it proves')).toBe('verify-at-1-in-1000-what-it-proves');
  expect(githubSlug('no-face')).toBe('no-face');
  expect(githubSlug('Länge & Breite')).toBe('länge--breite');
});
