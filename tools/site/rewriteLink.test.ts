import { expect, it } from 'vitest';
import { rewriteLink, rewritePicture } from './rewriteLink.mjs';

const files = ['src/index.ts', 'tools', 'docs/vectors/server.json'];
const exists = (file: string) => files.includes(file);
const at = (href: string, page: string, repository = '') => rewriteLink(href, page, { exists, repository });

it('leaves addresses, anchors and paths of the site', () => {
  for (const href of ['https://example.org/', 'mailto:a@example.org', '#a', '/api/']) expect(at(href, 'live.md')).toEqual({ href });
  expect(at('/playground/photos.html', 'live.md')).toEqual({ href: '/playground/photos.html', target: '_self' });
});

it('finds pages from wherever the file that links to them stands', () => {
  expect(at('vault.md#keys', 'live.md')).toEqual({ href: './vault.md#keys' });
  expect(at('../vault.md', 'guides/login.md')).toEqual({ href: '../vault.md' });
  expect(at('docs/vault.md', 'project/readme.md')).toEqual({ href: '../vault.md' });
  expect(at('LICENSES.md', 'project/readme.md')).toEqual({ href: './licenses.md' });
  expect(at('../README.md#speed', 'live.md')).toEqual({ href: './project/readme.md#speed' });
  expect(at('../../../docs/models.md', 'project/cards/mobilenet-160.md')).toEqual({ href: '../../models.md' });
});

it('makes text of a link to a file that is no page, as long as the repository has no address', () => {
  expect(at('../src/index.ts#L3', 'live.md')).toBeNull();
  expect(at('../tools/', 'live.md')).toBeNull();
  const repository = 'https://example.org/visavis';
  expect(at('../src/index.ts#L3', 'live.md', repository)).toEqual({ href: 'https://example.org/visavis/blob/main/src/index.ts#L3' });
  expect(at('vectors/server.json', 'server.md')).toBeNull();
});

it('refuses a link to a file that is not there', () => {
  expect(() => at('../src/gone.ts', 'live.md')).toThrow('docs/live.md links to src/gone.ts, which there is not');
  expect(() => at('docs/gone.svg', 'project/readme.md')).toThrow('README.md links to docs/gone.svg');
});

it('finds the pictures of files that were copied', () => {
  expect(rewritePicture('docs/demo.png', 'project/readme.md')).toBe('../demo.png');
  expect(rewritePicture('bench.svg', 'performance.md')).toBe('bench.svg');
});
