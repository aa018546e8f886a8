import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { serveFolders, ISOLATION } from '../tools/staticServer.mjs';

const ROOT = join(import.meta.dirname, '..');

export interface Site {
  url: string;
  /** Paths requested so far. */
  requests: string[];
  close: () => Promise<void>;
}

/** What goes wrong with one file: its path ends in `file`. */
export interface Fault {
  file: string;
  kind: 'missing' | 'flipped-byte';
}

export interface SiteOptions {
  /** Serves the repository as a static server would, instead of the built demo. */
  plain?: boolean;
  fault?: Fault;
  /** Sent with every answer; by default the two that make pages cross-origin isolated. */
  headers?: Record<string, string>;
}

export async function openSite({ plain = false, fault, headers = ISOLATION }: SiteOptions = {}): Promise<Site> {
  const requests: string[] = [];
  const mounts: Record<string, string> = plain
    ? {
        '/dist': join(ROOT, 'dist'),
        '/public': join(ROOT, 'public'),
        '/examples': join(ROOT, 'examples'),
        '/fixtures': join(ROOT, 'e2e/fixtures'),
      }
    : { '/': join(ROOT, 'demo-dist') };
  const handler = (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    requests.push(path);
    if (!fault || !path.endsWith(fault.file)) return false;
    if (fault.kind === 'missing') response.writeHead(404).end();
    else void readFile(join(ROOT, 'demo-dist', path)).then((bytes) => response.end(flip(bytes)));
    return true;
  };
  const { url, close } = await serveFolders(mounts, { headers, handler });
  return { url, requests, close };
}

function flip(bytes: Buffer): Buffer {
  bytes[bytes.length >> 1] ^= 1;
  return bytes;
}
