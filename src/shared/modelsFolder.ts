export interface ModelsFolder {
  /** Without its query, which may be another signature tomorrow: what the folder's kept copies are found by. */
  readonly name: string;
  /** The address of a file in it; a query of the folder's, such as a signature, goes with every file. */
  fileAt(path: string): string;
}

/**
 * Reads the address of the folder of models.
 * @param modelsUrl absolute, its path ending in a slash, perhaps with a query
 * @example modelsFolder('https://host/models/?sig=abc').fileAt('mesh/manifest.json') // https://host/models/mesh/manifest.json?sig=abc
 */
export function modelsFolder(modelsUrl: string): ModelsFolder {
  const queryAt = modelsUrl.indexOf('?');
  const name = queryAt < 0 ? modelsUrl : modelsUrl.slice(0, queryAt);
  const query = modelsUrl.slice(name.length);
  return { name, fileAt: (path) => `${name}${path}${query}` };
}
