/** Each entry of the package that has declarations, by its file in dist/, and its source. @type {Readonly<Record<string, string>>} */
export const ENTRIES = {
  visavis: 'src/index.ts',
  evaluation: 'src/evaluation.ts',
  importer: 'src/importer.ts',
  testing: 'src/testing.ts',
  element: 'src/element.ts',
  'element/class': 'src/element/elementClass.ts',
  server: 'src/server.ts',
  'server/sqlite': 'src/server/stores/sqlite.ts',
  'server/postgres': 'src/server/stores/postgres.ts',
  'server/redis': 'src/server/stores/redis.ts',
  'server/hono': 'src/server/adapters/hono.ts',
  'server/express': 'src/server/adapters/express.ts',
  'server/fastify': 'src/server/adapters/fastify.ts',
};

/** Entries that export the same as another one, so that their types are the same too. @type {Readonly<Record<string, string>>} */
export const ALIASES = { inline: 'visavis' };

/**
 * Entries that are `visavis/element` with what a framework's markup has to know of the tag. They add to a framework's own declarations, which
 * no rolled-up file can: theirs are published as TypeScript writes them.
 */
export const FRAMEWORKS = ['element/react', 'element/preact', 'element/solid', 'element/svelte', 'element/vue'];
