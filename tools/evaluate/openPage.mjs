// A headless browser with access to the built SDK, the models and a folder of pictures.
import { createReadStream } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { packageRoot } from '../packageRoot.js';
import { serveFolders } from '../staticServer.mjs';
import { launchBrowser } from './launchBrowser.mjs';

/** Extensions that differ from the name of their type. @type {Record<string, string>} */
const TYPES = { '.jpg': 'jpeg' };

/**
 * @param {string} images the folder that the page finds at `/images/`
 * @param {string} [models] the folder that it finds at `/models/`
 * @returns {Promise<{ page: import('playwright-core').Page, close: () => Promise<void> }>}
 */
export async function openPage(images, models) {
  const server = await serveFolders(
    { '/dist': join(packageRoot(), 'dist'), ...(models !== undefined && { '/models': models }) },
    // Not isolated, so one thread each: several workers share the cores already.
    { headers: {}, handler: (request, response) => blankPage(request, response) || picture(resolve(images), request, response) },
  );
  try {
    // We handle Ctrl-C ourselves: what is being embedded is saved before the browser closes.
    const browser = await launchBrowser({ handleSIGINT: false });
    try {
      const page = await browser.newPage();
      await page.goto(server.url);
      return {
        page,
        close: async () => {
          await browser.close();
          await server.close();
        },
      };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** @type {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean} */
function blankPage(request, response) {
  if (request.url === '/favicon.ico') response.writeHead(204).end();
  else if (request.url === '/') response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>evaluate</title>');
  else return false;
  return true;
}

/**
 * Sends a picture. The mounted folders' own server does not know all names again that a picture may have, such as those with "?" or "=".
 * @param {string} folder
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function picture(folder, request, response) {
  const prefix = '/images/';
  const url = request.url ?? '';
  if (!url.startsWith(prefix)) return false;
  const path = join(folder, ...url.slice(prefix.length).split('/').map(decodeURIComponent));
  const missing = () => response.writeHead(404).end('not found');
  if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) missing();
  else {
    createReadStream(path)
      .on('open', () =>
        response.writeHead(200, { 'Content-Type': `image/${TYPES[extname(path).toLowerCase()] ?? extname(path).slice(1).toLowerCase()}` }),
      )
      // A folder opens too, and fails when it is read: by then the head is written.
      .on('error', () => (response.headersSent ? response.destroy() : missing()))
      .pipe(response);
  }
  return true;
}
