import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Plugin } from 'vite';
import { FRAMEWORKS } from './declarations/entries.mjs';

const WORDS = join(import.meta.dirname, '../src/element/words');
const FOLDER = 'element/words';
/** Lit's builds for Node run in browsers too, and can be imported where there is no document. */
export const ELEMENT_CONDITIONS = ['node', 'module', 'production'];
/** What these builds extend where there are no elements. */
const SHIM = '@lit-labs/ssr-dom-shim';

/**
 * Whether what the element imports so is taken from `visavis.js`, which then has to export it. Not what is small:
 * challenges are checked by the server's files too, and nobody else compares templates so.
 */
export function isOfLibrary(path: string): boolean {
  return (
    /^(\.\.\/)+(client|vault|shared)\//.test(path) &&
    !/^(\.\.\/)+(shared\/challenge|client\/camera\/pickedCamera|vault\/isSameTemplate)/.test(path)
  );
}

/**
 * For an entry of the element: the SDK stays outside, in the file that the page loads anyway, and so does every language but English, which
 * is loaded where it is asked for.
 * @param file the entry's path in dist/, from which the others are named
 */
export function elementPlugin(file: string): Plugin {
  const from = posix.dirname(file);
  const beside = (path: string) => {
    const relative = posix.relative(from, path);
    return { id: relative.startsWith('.') ? relative : `./${relative}`, external: true } as const;
  };
  return {
    name: 'visavis:element',
    enforce: 'pre',
    resolveId(id, importer = '') {
      if (id === SHIM) return `\0${SHIM}`;
      if (!importer.includes('/src/element/')) return null;
      if (isOfLibrary(id)) return beside('visavis.js');
      const language = /^\.\/([\w-]+)\.json$/.exec(id)?.[1];
      return language && language !== 'en' ? beside(`${FOLDER}/${language}.js`) : null;
    },
    load(id) {
      return id === `\0${SHIM}` ? 'export const HTMLElement = class {}; export const customElements = undefined;' : null;
    },
  };
}

/** Writes the entries that differ from `visavis/element` by their declarations only. */
export function elementFrameworksPlugin(): Plugin {
  return {
    name: 'visavis:element-frameworks',
    apply: 'build',
    generateBundle() {
      for (const entry of FRAMEWORKS) {
        this.emitFile({ type: 'asset', fileName: `${entry}.js`, source: "export * from '../element.js';\n" });
      }
    },
  };
}

/** Writes the languages as modules, which bundlers follow and every policy for scripts allows. */
export function elementWordsPlugin(): Plugin {
  return {
    name: 'visavis:element-words',
    apply: 'build',
    async generateBundle() {
      for (const name of await readdir(WORDS)) {
        if (!name.endsWith('.json') || name === 'en.json') continue;
        const messages: unknown = JSON.parse(await readFile(join(WORDS, name), 'utf8'));
        const fileName = `${FOLDER}/${name.replace('.json', '.js')}`;
        this.emitFile({ type: 'asset', fileName, source: `export default ${JSON.stringify(messages)};\n` });
      }
    },
  };
}
