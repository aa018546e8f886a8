// A login of plain HTML forms. The browser's key signs the server's challenge once the face has matched; the form sends the signature.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { acceptedModel, createChallenge, DEFAULT_LIMITS, memoryStore, Refusal, verifyAssertion, verifyRegistration } from 'visavis/server';
import { page } from './page.mjs';

const port = Number(process.env.PORT ?? 5173);
const origin = `http://localhost:${port}`;
const models = sirv('models');
const library = sirv(fileURLToPath(new URL('.', import.meta.resolve('visavis'))));
const store = memoryStore(); // for one process that may forget: docs/server.md has stores that last
const manifest = JSON.parse(await readFile('models/mobilenet-160/manifest.json', 'utf8'));
const accepted = [acceptedModel(manifest)];
/** Names that are being registered: of two who ask for one at once, one gets it. In an app a unique column of its accounts does that. */
const creating = new Set();
const existsAlready = [409, page.message('That account exists', 'Log in, or choose another name.')];

createServer((request, response) => {
  // Whatever goes wrong with one request, the server goes on.
  handle(request, response).catch((error) => {
    console.error(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  });
}).listen(port, () => console.log(origin));

async function handle(request, response) {
  if (!URL.canParse(request.url ?? '/', origin)) return response.writeHead(400).end();
  const { pathname, searchParams } = new URL(request.url ?? '/', origin);
  for (const [path, files] of [
    ['/models/', models],
    ['/visavis/', library],
  ]) {
    if (!pathname.startsWith(path)) continue;
    request.url = pathname.slice(path.length - 1);
    return files(request, response, () => response.writeHead(404).end());
  }
  const name = searchParams.get('name')?.trim() ?? '';
  const [status, body] = await answer(request, pathname, name);
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(body);
}

async function answer(request, pathname, name) {
  if (pathname === '/') return [200, page.start()];
  if (pathname !== '/enroll' && pathname !== '/login') return [404, page.message('Not found', '')];
  if (!/^[\w.@-]{1,64}$/.test(name)) return [400, page.message('Which account?', 'Use letters, digits, dots, @ and hyphens.')];
  if (request.method === 'POST') {
    const form = await readForm(request);
    return pathname === '/enroll' ? enroll(name, form) : logIn(name, form, sourceOf(request));
  }
  // Enrolling replaces what this browser keeps under the name, before the server hears of it: so it is offered to new accounts only.
  if (pathname === '/enroll' && (creating.has(name) || (await exists(name)))) return existsAlready;
  const { challenge, expiresAt } = await createChallenge();
  await store.addChallenge({ challenge, ...useOf(pathname, name), expiresAt }, Date.now());
  return [200, page.face({ mode: pathname === '/enroll' ? 'enroll' : 'verify', name, challenge })];
}

const exists = async (name) => (await store.keysOf(name)).length > 0;

/** Whose tries they are, besides the account's. Behind a proxy that is what the proxy says, as all connections are its own. */
const sourceOf = (request) => request.socket.remoteAddress ?? '';

/** Whose the challenge is, and what it is good for. */
function useOf(pathname, name) {
  return pathname === '/enroll' ? { subject: '', purpose: 'enroll' } : { subject: name, purpose: 'login' };
}

async function enroll(name, form) {
  try {
    const { challenge, keyId, publicJwk, ...signed } = await verifyRegistration(JSON.parse(form.get('face') ?? ''), { origin });
    if (signed.name === name) {
      const taken = await create({ keyId, subject: name, publicJwk }, { challenge, ...useOf('/enroll', name) });
      if (taken === 'accepted') return [200, page.message('Account created', `Now log in as ${name}.`)];
      if (taken === 'name-taken') return existsAlready;
    }
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof SyntaxError)) throw error;
  }
  return [403, page.message('Not accepted', 'Start again.')];
}

/** Keeps the first key of an account, if nobody has the name. */
async function create(key, use) {
  if (creating.has(key.subject)) return 'name-taken';
  creating.add(key.subject);
  try {
    if (await exists(key.subject)) return 'name-taken';
    return await store.addKey(key, use, Date.now());
  } finally {
    creating.delete(key.subject);
  }
}

/** Every try is counted as a wrong one before it is judged, so that of many at once no more are judged than the limits allow. */
async function logIn(name, form, source) {
  const attempt = { subject: name, source };
  if ((await store.beginAttempt(attempt, DEFAULT_LIMITS, Date.now())) !== null)
    return [429, page.message('Too many tries', 'Try again later.')];
  try {
    if (!(await isSigned(name, form.get('face')))) return [403, page.message('Not signed in', 'Start again.')];
  } catch (error) {
    await store.withdrawAttempt(attempt); // it came to no judgment
    throw error;
  }
  await store.forgiveAttempts(attempt);
  // Here an app starts its session.
  return [200, page.message(`Welcome, ${name}`, 'You are signed in.')];
}

/** Whether a key of the account has signed a challenge that was made for it. */
async function isSigned(name, face) {
  for (const { keyId, publicJwk } of await store.keysOf(name)) {
    try {
      const assertion = { assertion: face };
      const { challenge, counter } = await verifyAssertion(assertion, { keyId, publicJwk, subject: name, origin, models: accepted });
      const taken = await store.accept({ challenge, ...useOf('/login', name) }, { keyId, counter }, Date.now());
      if (taken === 'accepted') return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return false;
}

async function readForm(request) {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 20_000) return new URLSearchParams();
  }
  return new URLSearchParams(text);
}
