import type { Answer } from '../../shared/Answer.js';

/**
 * What a server sent in a file's place, in words, where that is a web page: servers of single-page apps answer every unknown path with
 * their start page, and gateways with a page to log in. Null where it is none.
 */
export function webPage({ bytes, type }: Answer): string | null {
  // Neither JSON nor WebAssembly begins so, and weights hardly ever.
  const start = new TextDecoder().decode(bytes.slice(0, 64));
  if (!/^\s*<[!?a-z]/i.test(start)) return null;
  return `a web page${type ? ` (${type})` : ''}: the server answers unknown addresses with its start page`;
}
