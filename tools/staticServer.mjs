// A static server for tests and tools: folders mounted at URL paths, cross-origin isolated like the dev server.
import { createServer } from 'node:http';
import sirv from 'sirv';

/** Without these headers, browsers give pages no SharedArrayBuffer, and WASM no threads. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * @param {Record<string, string>} mounts URL path (such as `/models`) -> folder; the first whose path fits answers
 * @param {{
 *   headers?: Record<string, string>,
 *   handler?: (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean,
 * }} [options] `handler` may answer a request itself, and returns true then
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `url` ends with a slash
 */
export async function serveFolders(mounts, { headers = ISOLATION, handler = () => false } = {}) {
  const routes = Object.entries(mounts).map(([path, folder]) => ({ path, serve: sirv(folder, { dev: true }) }));
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (handler(request, response)) return;
    const url = request.url ?? '/';
    const { pathname } = new URL(url, 'http://localhost');
    const route = routes.find(({ path }) => path === '/' || pathname === path || pathname.startsWith(`${path}/`));
    const notFound = () => void response.writeHead(404).end('not found');
    if (!route) return notFound();
    if (route.path !== '/') request.url = url.slice(route.path.length) || '/';
    route.serve(request, response, notFound);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
