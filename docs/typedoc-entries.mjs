// Modules by the names that an app imports them by, not by their files.
import { Converter } from 'typedoc';

const NAMES = {
  index: 'visavis',
  'server/stores/sqlite': 'server/sqlite',
  'server/stores/postgres': 'server/postgres',
  'server/stores/redis': 'server/redis',
};

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      const name = NAMES[module.name] ?? module.name;
      module.name = name === 'visavis' ? name : `visavis/${name}`;
    }
  });
}
