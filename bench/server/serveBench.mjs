import { createServer } from 'node:http';
import { ISOLATION } from '../../tools/staticServer.mjs';
import { findFile } from './findFile.mjs';
import { Pacer } from './Pacer.mjs';

/** The round trip of a request, in ms, before its first byte. */
const LATENCY_MS = 20;

/** @typedef {{ path: string, kind: 'code' | 'models' | 'pictures', bytes: number }} Transfer */
/**
 * @typedef {{ url: string, throttle: (megabitsPerSecond: number | null) => void, takeTransfers: () => Transfer[], close: () =>
 * Promise<void> }} BenchServer
 */

/**
 * Serves files as a good host would: cross-origin isolated, cacheable, and with `compress` in Brotli. Counts what it sends, and can send as
 * slowly as a network: all connections share one line of so many megabits a second, and every answer is delayed by a round trip.
 * @param {Record<string, string>} mounts URL path -> folder; the first whose path fits answers
 * @param {{ compress?: boolean }} [options]
 * @returns {Promise<BenchServer>}
 */
export async function serveBench(mounts, { compress = false } = {}) {
  const pacer = new Pacer();
  /** @type {Transfer[]} */
  const transfers = [];
  let slow = false;

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  const answer = async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = await findFile(mounts, pathname, compress);
    if (slow) await new Promise((resolve) => setTimeout(resolve, LATENCY_MS));
    for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    if (!file) return void response.writeHead(404).end('not found');
    response.setHeader('Cache-Control', pathname.endsWith('.html') ? 'no-cache' : 'public, max-age=604800');
    response.setHeader('ETag', file.tag);
    if (request.headers['if-none-match'] === file.tag) return void response.writeHead(304).end();
    response.setHeader('Content-Type', file.type);
    if (file.encoding) response.setHeader('Content-Encoding', file.encoding);
    response.setHeader('Content-Length', file.body.length);
    transfers.push({ path: pathname, kind: file.kind, bytes: file.body.length });
    pacer.send(response, file.body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    throttle(megabitsPerSecond) {
      slow = megabitsPerSecond !== null;
      pacer.bytesPerSecond = slow ? (Number(megabitsPerSecond) * 1e6) / 8 : Infinity;
    },
    takeTransfers: () => transfers.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
