/**
 * The address of a model's file.
 * @param modelsUrl absolute; its path ends with a slash; its query goes with every file
 */
export function modelFileUrl(modelsUrl: string, id: string, file: string): string {
  const url = new URL(modelsUrl);
  url.pathname += `${id}/${file}`;
  return url.href;
}
