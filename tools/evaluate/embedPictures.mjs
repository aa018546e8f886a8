// Embeds pictures through the built SDK in a headless browser.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { findBrowser, LAUNCH_ARGS } from '../browser.mjs';
import { serveFolders } from '../staticServer.mjs';

const ROOT = join(import.meta.dirname, '../..');
const BATCH = 16;

/**
 * @typedef {{ file: string, embedding: Float32Array | null, reasons: string[], error?: string }} Embedded
 *
 * @param {{ images: string, files: string[], backend: string, model: string, onProgress: (done: number) => void }} options
 * @returns {Promise<{ info: import('../../src/shared/options.js').VerifierInfo, results: Embedded[], seconds: number }>} `seconds`: without loading
 */
export async function embedPictures({ images, files, backend, model, onProgress }) {
  const server = await serveFolders(
    { '/dist': join(ROOT, 'dist'), '/models': join(ROOT, 'public/models'), '/images': images },
    { handler: blankPage },
  );
  const browser = await chromium.launch({ executablePath: findBrowser(), args: LAUNCH_ARGS });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    const jobs = backend === 'webgl' ? 1 : Math.min(4, availableParallelism());
    const info = await page.evaluate(open, { backend, model, jobs });
    const began = performance.now();
    const results = [];
    for (let at = 0; at < files.length; at += BATCH) {
      const batch = await page.evaluate(embedBatch, files.slice(at, at + BATCH));
      results.push(...batch.map((r) => ({ ...r, embedding: r.embedding && Float32Array.from(r.embedding) })));
      onProgress(results.length);
    }
    return { info, results, seconds: (performance.now() - began) / 1000 };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** @type {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => boolean} */
function blankPage(request, response) {
  if (request.url === '/favicon.ico') response.writeHead(204).end();
  else if (request.url === '/') response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>evaluate</title>');
  else return false;
  return true;
}

// The functions below run in the page.

/** @param {{ backend: string, model: string, jobs: number }} options */
async function open({ backend, model, jobs }) {
  const at = '/dist/visavis.js';
  const { createFaceVerifier } = await import(at);
  const verifiers = await Promise.all(Array.from({ length: jobs }, () => createFaceVerifier({ modelsUrl: '/models/', backend, model })));
  Object.assign(window, { verifiers });
  return verifiers[0].info;
}

/** @param {string[]} files */
async function embedBatch(files) {
  const { verifiers } = /** @type {any} */ (window);
  const queue = files.map((file, i) => ({ file, i }));
  const out = new Array(files.length);
  await Promise.all(
    verifiers.map(async (/** @type {any} */ verifier) => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        const { file, i } = job;
        try {
          const response = await fetch(`/images/${file.split('/').map(encodeURIComponent).join('/')}`);
          if (!response.ok) throw new Error(`the file is missing (${response.status})`);
          const { embedding, face } = await verifier.embed(await response.blob(), { select: 'central' });
          out[i] = { file, embedding: Array.from(embedding), reasons: face.quality.reasons };
        } catch (error) {
          const { code, message } = /** @type {any} */ (error);
          if (code !== 'no-face' && code !== 'bad-image') throw error;
          out[i] = { file, embedding: null, reasons: [], error: code === 'no-face' ? code : message };
        }
      }
    }),
  );
  return out;
}
