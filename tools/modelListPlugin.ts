import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { Manifest } from '../src/shared/Manifest.js';

/** Below the folder of models. */
const FILE = 'models/index.json';

/** What the pages are told about a model, without having to ask for its manifest. */
export interface ListedModel {
  readonly id: string;
  readonly architecture: string;
  /** Of all files, before a server compresses them. */
  readonly bytes: number;
}

/**
 * A list of the embedding models that a folder holds, recipes and imported ones included, for the demo's pages: a file of its build, and made
 * anew at each request where the pages come from the sources.
 */
export function modelListPlugin(folder: string): Plugin {
  return {
    name: 'visavis:model-list',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (!request.url?.split('?')[0]!.endsWith(`/${FILE}`)) next();
        else response.setHeader('Content-Type', 'application/json').end(JSON.stringify(listModels(folder)));
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: FILE, source: JSON.stringify(listModels(folder)) });
    },
  };
}

/** The folder's embedding models, by id, links to folders included; whatever has no manifest that can be read is left out. */
export function listModels(folder: string): ListedModel[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => listedModel(folder, name))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function listedModel(folder: string, name: string): ListedModel[] {
  try {
    const { id, kind, architecture, files } = JSON.parse(readFileSync(join(folder, name, 'manifest.json'), 'utf8')) as Manifest;
    if (kind !== 'embedder' || id !== name) return [];
    return [{ id, architecture, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }];
  } catch {
    return [];
  }
}
