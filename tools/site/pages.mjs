/**
 * Files of the repository that are pages of the site although they stand outside of docs/: the page's path below docs/, the file, its name in
 * the sidebar. A file that is not there is left out.
 *
 * @type {readonly { page: string, file: string, name: string }[]}
 */
export const COPIED_PAGES = [
  { page: 'project/readme.md', file: 'README.md', name: 'Read me' },
  { page: 'project/changelog.md', file: 'CHANGELOG.md', name: 'Changelog' },
  { page: 'project/contributing.md', file: 'CONTRIBUTING.md', name: 'Contributing' },
  { page: 'project/reporting.md', file: 'SECURITY.md', name: 'Reporting a vulnerability' },
  { page: 'project/licenses.md', file: 'LICENSES.md', name: 'Licenses' },
  { page: 'project/training.md', file: 'training/README.md', name: 'Training' },
  { page: 'project/training-results.md', file: 'training/RESULTS.md', name: 'Training results' },
  { page: 'project/cards/mobilenet-160.md', file: 'public/models/mobilenet-160/MODEL_CARD.md', name: 'mobilenet-160' },
  { page: 'project/cards/inception-160.md', file: 'public/models/inception-160/MODEL_CARD.md', name: 'inception-160' },
  { page: 'project/cards/faceplugin-112.md', file: 'tools/recipes/faceplugin-112/MODEL_CARD.md', name: 'faceplugin-112' },
  { page: 'project/cards/mobilefacenet-112.md', file: 'tools/recipes/mobilefacenet-112/MODEL_CARD.md', name: 'mobilefacenet-112' },
  { page: 'project/benchmark.md', file: 'bench/README.md', name: 'How the benchmark is made' },
];

/**
 * The sidebar: in each section first the pages that are named, in this order, then those of its folders by their front matter's `order` and
 * their titles. Names that have no page yet are passed over, so that a page and its place can be written in any order.
 *
 * @type {readonly { title: string, pages?: readonly string[], folders?: readonly string[] }[]}
 */
export const SECTIONS = [
  { title: 'Start', pages: ['start.md', 'troubleshooting.md', 'faq.md'], folders: ['start'] },
  { title: 'Concepts', folders: ['concepts'], pages: ['quality.md', 'templates.md'] },
  { title: 'Guides', folders: ['guides'], pages: ['live.md', 'element.md', 'beside-others.md', 'vault.md', 'server.md', 'import.md'] },
  { title: 'Migration', folders: ['migration'] },
  { title: 'Reference', pages: ['errors.md', 'models.md', 'bundlers.md', 'support.md'], folders: ['reference'] },
  { title: 'API', folders: ['api'] },
  {
    title: 'Measured',
    pages: ['accuracy.md', 'fairness.md', 'performance.md', 'project/benchmark.md', 'liveness.md', 'security.md', 'privacy.md'],
    folders: ['measured'],
  },
  { title: 'Model cards', folders: ['project/cards'] },
  { title: 'Project', pages: ['inside.md'], folders: ['project'] },
];

/** Folders below docs/ that hold no pages. */
export const NO_PAGES = ['node_modules', '.vitepress', 'public', 'vectors'];
