import { Hono, type Context } from 'hono';
import { createLogin, type VerifiedAssertion } from '../../src/server.js';
import { honoLogin } from '../../src/server/adapters/hono.js';
import { sqliteStore } from '../../src/server/stores/sqlite.js';
import { accountName, nameKey } from './accountName.js';
import { Accounts, type Account } from './Accounts.js';
import { ApiError } from './ApiError.js';
import { clientAddress } from './clientAddress.js';
import { guard, limiter } from './guard.js';
import { openDatabase } from './openDatabase.js';
import { Passkeys } from './Passkeys.js';
import { BODIES, readBody } from './readBody.js';
import { API_HEADERS } from './securityHeaders.js';
import { settle, type ServerOptions } from './ServerOptions.js';
import { sessionCookie } from './sessionCookie.js';
import { SESSION_STYLE, sessionPage } from './sessionPage.js';
import { Sessions, type Session } from './Sessions.js';

function nameIn(text: string): string {
  const name = accountName(text);
  if (name === undefined) throw new ApiError('name-refused');
  return name;
}

/** What the page is told about its session. */
function describeSession({ name }: Account, { expiresAt, facts }: Session, passkeys: number) {
  return { name, expiresAt, passkeys, liveness: facts.liveness, passkeyUsed: facts.passkey };
}

/**
 * The demo's server: everything below `/api`. It keeps names and public keys, never a picture, an embedding or a distance. Close it to
 * close the database.
 */
export function createApp(options: ServerOptions): { fetch: Hono['fetch']; request: Hono['request']; close: () => void } {
  const settings = settle(options);
  const db = openDatabase(options.database);
  const store = sqliteStore(db);
  const { now } = settings;
  const accounts = new Accounts(db, store, now);
  const passkeys = new Passkeys(db, store, now);
  const sessions = new Sessions(db, now);
  const ownOrigin = (url: string) => settings.origin ?? new URL(url).origin;
  const originOf = (c: Context) => ownOrigin(c.req.url);
  const addressOf = (c: Context) => clientAddress(c, settings.proxies);
  const cookieOf = (c: Context) => sessionCookie(c, originOf(c));

  const current = (c: Context): { account: Account; session: Session } | undefined => {
    const session = sessions.find(cookieOf(c).read());
    const account = session && accounts.byId(session.accountId);
    return account && { account, session };
  };
  const signedIn = (c: Context) => {
    const found = current(c);
    if (!found) throw new ApiError('no-session');
    return found;
  };
  const shown = (c: Context) => {
    const found = current(c);
    return { session: found ? describeSession(found.account, found.session, passkeys.count(found.account.id)) : null };
  };
  const begin = (c: Context, { subject, counter, match }: VerifiedAssertion) => {
    const account = accounts.byId(subject);
    if (!account) throw new ApiError('unknown-account'); // deleted just now
    accounts.noteSeen(subject);
    sessions.end(cookieOf(c).read()); // a new session never continues an old one's token
    const { model, modelVersion, fmr, frames, liveness } = match;
    const owned = passkeys.count(subject);
    const facts = { model: `${model} ${modelVersion}`, fmr, frames, liveness: liveness?.challenges ?? null, passkey: owned > 0, counter };
    const { token, expiresAt } = sessions.begin(subject, facts);
    cookieOf(c).write(token, expiresAt);
    return { session: describeSession(account, { accountId: subject, expiresAt, facts }, owned) };
  };

  const login = createLogin<Context>({
    ...{ ...settings, store, origin: originOf, source: addressOf },
    nameKey: (name) => nameKey(nameIn(name)),
    subjectOf: (key) => accounts.byKey(key)?.id,
    register: ({ name, keyId }, keep) => accounts.add(nameIn(name), keyId, keep),
    passkey: ({ subject, challenge }, { passkey }, c) => passkeys.ask(subject, challenge, passkey, originOf(c)),
    loggedIn: (match, c) => begin(c, match),
  });

  const app = new Hono().basePath('/api');
  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(API_HEADERS)) c.header(name, value);
    c.header('Cache-Control', 'no-store');
    await next();
  });
  app.use(guard(ownOrigin, settings));
  const limitRegistrations = limiter(settings.registrationsPerHour, 3600);
  app.onError((error, c) => {
    const known = error instanceof ApiError ? error : new ApiError('internal');
    if (known.code === 'internal') console.error(error);
    if (known.retryAfterSeconds !== undefined) c.header('Retry-After', String(known.retryAfterSeconds));
    return c.json(known.body, known.status);
  });
  app.notFound((c) => c.json(new ApiError('not-found').body, 404));

  app.get('/terms', (c) => c.json({ server: 'visavis-demo', demandLiveness: settings.demandLiveness, maxFmr: settings.maxFmr }));

  app.post('/registrations', honoLogin(login, 'registration'));
  app.post('/accounts', async (c, next) => (await limitRegistrations(addressOf(c)), next()), honoLogin(login, 'register'));
  app.post('/challenges', honoLogin(login, 'challenge'));
  app.post('/session', honoLogin(login, 'login'));

  app.get('/session', (c) => c.json(shown(c)));
  app.get('/session.css', (c) => c.body(SESSION_STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/session.html', (c) => {
    const found = current(c);
    return c.html(sessionPage(found?.account.name, found?.session), found ? 200 : 401);
  });

  app.delete('/session', (c) => {
    sessions.end(cookieOf(c).read());
    cookieOf(c).clear();
    return c.json({ session: null });
  });

  app.delete('/account', async (c) => {
    await accounts.delete(signedIn(c).account);
    cookieOf(c).clear();
    return c.json({ session: null });
  });

  // For a browser that is to be forgotten without a login: registration gave it a token for just this.
  app.post('/account/deletion', async (c) => {
    const { id, deletionToken } = await readBody(c, BODIES.deletion);
    const account = accounts.byId(id);
    if (!account || !accounts.isDeletionToken(id, deletionToken)) throw new ApiError('unknown-account');
    await accounts.delete(account);
    cookieOf(c).clear();
    return c.json({ session: null });
  });

  app.post('/passkeys/invitation', async (c) => c.json(await passkeys.invite(signedIn(c).account, originOf(c)), 201));
  app.post('/passkeys', async (c) => {
    const { account, session } = signedIn(c);
    await passkeys.add(account, await readBody(c, BODIES.newPasskey), originOf(c));
    sessions.keepWithPasskey(cookieOf(c).read(), session);
    return c.json(shown(c), 201);
  });
  app.delete('/passkeys', (c) => {
    passkeys.removeAll(signedIn(c).account.id);
    return c.json(shown(c));
  });

  return { fetch: app.fetch, request: app.request, close: () => db.close() };
}
