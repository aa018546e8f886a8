import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { download } from './download.js';

const CHUNK = Buffer.alloc(2 ** 20);

let close: () => Promise<void>;
afterEach(() => close());

/** Serves on a port of its own what `answer` writes. */
async function serve(answer: (response: ServerResponse) => Promise<void>): Promise<string> {
  const server = createServer((_, response) => void answer(response).catch(() => undefined)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/weights.bin`;
}

it.each(['as it is', 'compressed'])('ends what a server floods it with, %s, one byte beyond the length', async (how) => {
  let isOver: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (isOver = resolve));
  // Sends for ever: zeros, which compressed are a thousandth.
  const url = await serve(async (response) => {
    const gzip = how === 'compressed' ? createGzip() : null;
    if (gzip) response.setHeader('content-encoding', 'gzip');
    const sink = gzip ?? response;
    gzip?.pipe(response);
    sink.setMaxListeners(0);
    response.on('close', () => {
      gzip?.destroy();
      isOver();
    });
    while (!response.destroyed) if (!sink.write(CHUNK)) await Promise.race([once(sink, 'drain'), over]);
  });
  let counted = 0;
  const { bytes } = await download(url, { maxBytes: 3_400_000, onBytes: (n) => (counted += n) });
  expect([bytes.byteLength, counted]).toEqual([3_400_001, 3_400_001]);
  await over;
});

it('ends an answer that falls silent, and says so', async () => {
  const url = await serve(async (response) => {
    response.write('some');
    await once(response, 'close');
  });
  await expect(download(url, { maxBytes: 100, patience: 50, tries: 1 })).rejects.toThrow('no byte came for 0.05 s');
});

it('bears with a file that waits for its turn while others of the load arrive, and not with one that falls silent', async () => {
  const url = await serve(async (response) => {
    switch (response.req.url) {
      case '/weights.bin':
        await sleep(1000);
        response.end('late');
        return;
      case '/silent.bin':
        response.write('some');
        await once(response, 'close');
        return;
    }
    while (!response.destroyed) {
      response.write('.');
      await sleep(20);
    }
  });
  const line = { bytes: 0 };
  const page = new AbortController();
  const options = { maxBytes: 1e6, patience: 300, tries: 1, line, signal: page.signal };
  const others = download(new URL('others.bin', url).href, options).catch(() => undefined);
  const [waiting, silent] = await Promise.allSettled([url, new URL('silent.bin', url).href].map((file) => download(file, options)));
  expect(waiting).toMatchObject({ value: { bytes: { byteLength: 4 } } });
  expect(silent).toMatchObject({ reason: { message: 'no byte came for 0.3 s' } });
  page.abort();
  await others;
});
