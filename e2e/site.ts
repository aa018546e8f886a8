import { getRequestListener } from '@hono/node-server';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { acceptedModels } from '../demo/server/acceptedModels.js';
import { createApp } from '../demo/server/createApp.js';
import { pageHeaders } from '../demo/server/securityHeaders.js';
import type { ServerOptions } from '../demo/server/ServerOptions.js';
import { builtMapSource } from '../tools/importMap.js';
import { serveFolders, ISOLATION } from '../tools/staticServer.mjs';

const ROOT = join(import.meta.dirname, '..');

export interface Site {
  url: string;
  /** Paths requested so far. */
  requests: string[];
  close: () => Promise<void>;
}

/** What is wrong with one file, whose path ends in `file`. `unmeasured`: a manifest without its operating points. */
export interface Fault {
  file: string;
  kind: 'missing' | 'flipped-byte' | 'unmeasured';
}

export interface SiteOptions {
  /** Serves the repository the way a static server would, instead of the built demo. */
  plain?: boolean;
  fault?: Fault;
  /** Answers a request in the server's place where it returns true; told the path and the query. */
  answer?: (path: string, response: ServerResponse, query: string) => boolean;
  /** Sent with every response; by default the two headers that make pages cross-origin isolated. */
  headers?: Record<string, string>;
  /** Also runs the demo's server, below `/api`, on `localhost`, because passkeys need a host name. */
  server?: Omit<ServerOptions, 'models'>;
}

/** What `npm start` sends with the built pages. */
export function builtPageHeaders(): Record<string, string> {
  return pageHeaders(builtMapSource(join(ROOT, 'demo-dist')));
}

export async function openSite({ plain = false, fault, answer, headers = ISOLATION, server }: SiteOptions = {}): Promise<Site> {
  const requests: string[] = [];
  const app = server && createApp({ models: acceptedModels(join(ROOT, 'public/models')), ...server });
  const api = app && getRequestListener(app.fetch);
  const mounts: Record<string, string> = plain
    ? {
        '/dist': join(ROOT, 'dist'),
        '/public': join(ROOT, 'public'),
        '/examples': join(ROOT, 'examples'),
        '/fixtures': join(ROOT, 'e2e/fixtures'),
      }
    : { '/': join(ROOT, 'demo-dist') };
  const handler = (request: IncomingMessage, response: ServerResponse): boolean => {
    const { pathname: path, search } = new URL(request.url ?? '/', 'http://localhost');
    requests.push(path);
    if (api && path.startsWith('/api/')) {
      void api(request, response);
      return true;
    }
    if (answer?.(path, response, search)) return true;
    if (fault?.kind === 'unmeasured' && path.endsWith('.js')) {
      void pinnedAnew(path, fault.file).then((script) => response.setHeader('Content-Type', 'text/javascript').end(script));
      return true;
    }
    if (!fault || !path.endsWith(fault.file)) return false;
    const { kind } = fault;
    if (kind === 'missing') response.writeHead(404).end();
    else void readFile(join(ROOT, 'demo-dist', path)).then((bytes) => response.end(SPOIL[kind](bytes)));
    return true;
  };
  const { url, close } = await serveFolders(mounts, { headers, handler });
  return {
    url: server ? url.replace('127.0.0.1', 'localhost') : url,
    requests,
    close: async () => {
      await close();
      app?.close();
    },
  };
}

/** A script of the demo as if it had been built with the spoiled manifest: the SDK knows those of its own models by their hashes. */
async function pinnedAnew(path: string, manifest: string): Promise<string> {
  const [script, shipped] = await Promise.all(
    [join('demo-dist', path), join('public/models', manifest)].map((file) => readFile(join(ROOT, file))),
  );
  const hash = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('base64');
  return script.toString().replaceAll(hash(shipped), hash(SPOIL.unmeasured(shipped)));
}

const SPOIL = {
  'flipped-byte'(bytes: Buffer): Buffer {
    bytes[bytes.length >> 1] ^= 1;
    return bytes;
  },
  unmeasured(bytes: Buffer): string {
    const { embedder, ...manifest } = JSON.parse(bytes.toString()) as { embedder: { cohort?: object } };
    const none = { operatingPoints: [], measurement: null, fused: [] };
    const cohort = embedder.cohort && { ...embedder.cohort, ...none };
    return JSON.stringify({ ...manifest, embedder: { ...embedder, ...none, cohort } });
  },
};
