import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { serveFolders } from '../tools/staticServer.mjs';

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

/** Serves the built demo, or with `plain` the repository as a static server would. */
export async function openSite({ plain = false, fault }: { plain?: boolean; fault?: Fault } = {}): Promise<Site> {
  const requests: string[] = [];
  const mounts: Record<string, string> = plain
    ? { '/dist': join(ROOT, 'dist'), '/public': join(ROOT, 'public'), '/examples': join(ROOT, 'examples') }
    : { '/': join(ROOT, 'demo-dist') };
  const handler = (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    requests.push(path);
    if (!fault || !path.endsWith(fault.file)) return false;
    if (fault.kind === 'missing') response.writeHead(404).end();
    else void readFile(join(ROOT, 'demo-dist', path)).then((bytes) => response.end(flip(bytes)));
    return true;
  };
  const { url, close } = await serveFolders(mounts, { handler });
  return { url, requests, close };
}

function flip(bytes: Buffer): Buffer {
  bytes[bytes.length >> 1] ^= 1;
  return bytes;
}
