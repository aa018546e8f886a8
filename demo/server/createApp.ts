import { Hono, type Context } from 'hono';
import { accountName } from './accountName.js';
import type { Account } from './Accounts.js';
import { ApiError } from './ApiError.js';
import { clientAddress } from './clientAddress.js';
import { guard, limiter } from './guard.js';
import { logIn } from './logIn.js';
import { inTransaction, openDatabase } from './openDatabase.js';
import { readBody } from './readBody.js';
import { Refusal } from '../../src/server/Refusal.js';
import { API_HEADERS } from './securityHeaders.js';
import { BODIES } from './schemas.js';
import { createServices } from './Services.js';
import { settle, type ServerOptions } from './ServerOptions.js';
import { sessionCookie } from './sessionCookie.js';
import { SESSION_STYLE, sessionPage } from './sessionPage.js';
import type { Session } from './Sessions.js';
import { verifyRegistration } from '../../src/server/verifyRegistration.js';

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
  const services = createServices(db, settings);
  const { accounts, challenges, decoy, passkeys, sessions, wrongTries } = services;
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
  const forget = ({ id, name }: Account) => {
    accounts.delete(id);
    wrongTries.forget(name);
  };

  const app = new Hono().basePath('/api');
  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(API_HEADERS)) c.header(name, value);
    c.header('Cache-Control', 'no-store');
    await next();
  });
  app.use(guard(ownOrigin, settings));
  const limitRegistrations = limiter(settings.registrationsPerHour, 3600);
  app.onError((error, c) => {
    const known = error instanceof ApiError ? error : new ApiError(error instanceof Refusal ? error.code : 'internal');
    if (known.code === 'internal') console.error(error);
    if (known.retryAfterSeconds !== undefined) c.header('Retry-After', String(known.retryAfterSeconds));
    return c.json(known.body, known.status);
  });
  app.notFound((c) => c.json(new ApiError('not-found').body, 404));

  app.get('/terms', (c) => c.json({ server: 'visavis-demo', demandLiveness: settings.demandLiveness, maxFmr: settings.maxFmr }));

  app.post('/registrations', async (c) => {
    await readBody(c, BODIES.registration);
    return c.json(challenges.issue('', 'registration'), 201);
  });

  app.post('/accounts', async (c) => {
    const { name, publicKey, proof } = await readBody(c, BODIES.account);
    const kept = nameIn(name);
    await limitRegistrations(addressOf(c));
    const { keyId, challenge } = await verifyRegistration({ name, publicKey, proof }, { origin: originOf(c), now: settings.now() });
    const { account, deletionToken } = inTransaction(db, () => {
      if (!challenges.use(challenge, '', 'registration')) throw new ApiError('challenge-unknown');
      return accounts.add(kept, keyId, publicKey);
    });
    return c.json({ id: account.id, name: account.name, deletionToken }, 201);
  });

  // The same work and the same answer for names that nobody has.
  app.post('/challenges', async (c) => {
    const name = nameIn((await readBody(c, BODIES.challenge)).name);
    const stranger = await decoy.of(name);
    return c.json(challenges.issue((accounts.byName(name) ?? stranger).id, 'login'), 201);
  });

  app.post('/session', async (c) => {
    const body = await readBody(c, BODIES.login);
    const outcome = await logIn({ ...body, name: nameIn(body.name) }, services, originOf(c), addressOf(c));
    if (!outcome.account) return c.json({ session: null, passkey: outcome.passkey }, 202);
    const { account, facts } = outcome;
    sessions.end(cookieOf(c).read()); // a new session never continues an old one's token
    const { token, expiresAt } = sessions.begin(account.id, facts);
    cookieOf(c).write(token, expiresAt);
    return c.json({ session: describeSession(account, { accountId: account.id, expiresAt, facts }, passkeys.count(account.id)) }, 201);
  });

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

  app.delete('/account', (c) => {
    forget(signedIn(c).account);
    cookieOf(c).clear();
    return c.json({ session: null });
  });

  // For a browser that is to be forgotten without a login: registration gave it a token for just this.
  app.post('/account/deletion', async (c) => {
    const { id, deletionToken } = await readBody(c, BODIES.deletion);
    const account = accounts.byId(id);
    if (!account || !accounts.deleteByToken(id, deletionToken)) throw new ApiError('unknown-account');
    forget(account);
    cookieOf(c).clear();
    return c.json({ session: null });
  });

  app.post('/passkeys/invitation', async (c) => c.json(await passkeys.invite(signedIn(c).account, originOf(c)), 201));
  app.post('/passkeys', async (c) => {
    const { account, session } = signedIn(c);
    await passkeys.add(account, await readBody(c, BODIES.passkey), originOf(c));
    sessions.keepWithPasskey(cookieOf(c).read(), session);
    return c.json(shown(c), 201);
  });
  app.delete('/passkeys', (c) => {
    passkeys.removeAll(signedIn(c).account.id);
    return c.json(shown(c));
  });

  return { fetch: app.fetch, request: app.request, close: () => db.close() };
}
