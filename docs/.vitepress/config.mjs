import { join } from 'node:path';
import { checkLinks } from '../../tools/site/checkLinks.mjs';
import { githubSlug } from '../../tools/site/githubSlug.mjs';
import { linkPlugin } from '../../tools/site/linkPlugin.mjs';
import { REPOSITORY } from '../../tools/site/repository.mjs';
import { sidebar } from '../../tools/site/sidebar.mjs';

const DOCS = join(import.meta.dirname, '..');
/** Where the site will be served, with a slash at both ends. */
const base = process.env.DOCS_BASE ?? '/';

export default {
  base,
  lang: 'en',
  title: 'visavis',
  description: 'Face verification in the page, on the device. No picture and no embedding leaves the browser.',
  outDir: join(DOCS, '../site'),
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }],
    ['meta', { name: 'color-scheme', content: 'light dark' }],
  ],
  srcExclude: ['public/**'],
  lastUpdated: false,
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: githubSlug },
    toc: { slugify: githubSlug },
    config: linkPlugin,
  },
  themeConfig: {
    logo: '/icon.svg',
    nav: [
      { text: 'Guide', link: '/start' },
      { text: 'API', link: '/api/' },
      {
        text: 'Playground',
        items: [
          { text: 'Log in with your face', link: '/playground/index.html', target: '_self' },
          { text: 'Compare two photos', link: '/playground/index.html#compare', target: '_self' },
          { text: 'Sort photos by person', link: '/playground/photos.html', target: '_self' },
          { text: 'Measure on your own pictures', link: '/playground/evaluate.html', target: '_self' },
        ],
      },
    ],
    sidebar: sidebar(DOCS),
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    ...(REPOSITORY && { socialLinks: [{ icon: 'github', link: REPOSITORY }] }),
  },
  buildEnd({ outDir }) {
    const { pages, links, faults } = checkLinks(outDir, base);
    if (faults.length > 0) throw new Error(`dead links:\n${faults.join('\n')}`);
    console.log(`${pages} pages, ${links} links, none of them dead`);
  },
};
