// Writes docs/vectors/server.json: signed registrations and assertions, right and wrong, each with what a verifier has to say of it.
// Signatures of ES256 are random, so that a run writes other ones: src/server/vectors.test.ts checks what is there.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { base64url, calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import prettier from 'prettier';

const FILE = join(import.meta.dirname, '../../docs/vectors/server.json');
const ORIGIN = 'https://example.com';
const NOW = 1_800_000_000;
const TRANSACTION = 'Pay 120.00 EUR\nto Café Ole\u0301';

async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { x, y } = await exportJWK(publicKey);
  const publicJwk = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' };
  return { privateKey, publicJwk, keyId: await calculateJwkThumbprint(publicJwk) };
}

const own = await newKey();
const foreign = await newKey();
// The last of 43 characters has two bits to spare: this one says the same number.
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const last = own.publicJwk.x.at(-1) ?? '';
const respelled = { ...own.publicJwk, x: own.publicJwk.x.slice(0, -1) + BASE64URL[BASE64URL.indexOf(last) + 1] };
const random = Uint8Array.from({ length: 32 }, (_, at) => at);
const nonce = base64url.encode(random);
const hash = createHash('sha256')
  .update(`visavis-transaction\n${TRANSACTION.normalize('NFC')}`)
  .digest();
const boundNonce = base64url.encode(Buffer.concat([random, hash]));

const frame = { iss: ORIGIN, aud: ORIGIN, nonce, jti: 'b0f6ab42-6f5e-4a1c-9d55-9b6a6f3c8a10', iat: NOW, exp: NOW + 60 };
const match = {
  ...{ at: NOW - 3, model: 'mobilenet-160', modelVersion: '1.8.0', pipelineVersion: 1, fmr: 1e-3, threshold: 1.14 },
  ...{ points: 'shipped', frames: 3, liveness: null, sdk: '0.5.0' },
};
const rightClaims = { ...frame, sub: 'account-1', ctr: 8, match };
const rightProof = { ...frame, sub: 'Ann' };
const fresh = { challenges: ['blink', 'turn-left'], finishedAt: new Date((NOW - 8) * 1000).toISOString() };
const stale = { ...fresh, finishedAt: new Date((NOW - 600) * 1000).toISOString() };

const models = [
  {
    ...{ id: 'mobilenet-160', version: '1.8.0' },
    points: [
      { fmr: 1e-2, threshold: 1.22 },
      { fmr: 1e-3, threshold: 1.14 },
      { fmr: 1e-4, threshold: 1.08 },
    ],
  },
];
const answeredFor = { models: models.map((model) => ({ ...model, own: true })) };

/** @param {object} claims @param {{ typ?: string, header?: object, key?: typeof own }} [how] */
function sign(claims, { typ = 'visavis-match+jwt', header = {}, key = own } = {}) {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', typ, kid: own.keyId, ...header }).sign(key.privateKey);
}
const encode = (/** @type {unknown} */ value) => base64url.encode(JSON.stringify(value));

/** @param {string} name @param {string | null} code null where it is right @param {string | Promise<string>} assertion @param {object} [expected] */
const assertion = async (name, code, assertion, expected = {}) => ({ name, code, body: { assertion: await assertion }, expected });
const claim = (/** @type {object} */ change, /** @type {Parameters<typeof sign>[1]} */ how = {}) =>
  sign({ ...rightClaims, ...change }, how);
const inMatch = (/** @type {object} */ change) => claim({ match: { ...match, ...change } });
/** @param {string} name */
const without = (name) => sign(Object.fromEntries(Object.entries(rightClaims).filter(([key]) => key !== name)));

const right = await sign(rightClaims);
const [head, body, signature] = right.split('.');
const flipped = base64url.decode(signature);
flipped[10] ^= 1;

const assertions = await Promise.all([
  assertion('right', null, right),
  assertion('right, at the strictest point', null, inMatch({ fmr: 1e-4, threshold: 1.08 })),
  assertion('right, with a liveness session that is demanded', null, inMatch({ liveness: fresh }), { demandLiveness: true }),
  assertion('right, with a transaction', null, claim({ nonce: boundNonce }), { transaction: TRANSACTION }),
  assertion('right, for an audience of its own', null, claim({ aud: 'https://api.example' }), { audience: 'https://api.example' }),
  assertion('right, with a claim of a later version', null, inMatch({ later: true })),
  assertion(
    'right, signed by a clock that is 50 seconds fast',
    null,
    claim({ iat: NOW + 50, exp: NOW + 110, match: { ...match, at: NOW + 48 } }),
  ),
  assertion('no token', 'bad-assertion', 'a.b.c'),
  assertion('alg none', 'bad-algorithm', `${encode({ alg: 'none', typ: 'visavis-match+jwt', kid: own.keyId })}.${body}.`),
  assertion('alg HS256', 'bad-algorithm', `${encode({ alg: 'HS256', typ: 'visavis-match+jwt', kid: own.keyId })}.${body}.${signature}`),
  assertion('a header that names another key', 'bad-assertion', claim({}, { header: { kid: foreign.keyId } })),
  assertion('a header with a key of its own', 'bad-assertion', claim({}, { header: { jwk: foreign.publicJwk } })),
  assertion('a token of another kind', 'bad-assertion', claim({}, { typ: 'JWT' })),
  assertion('a registration in place of an assertion', 'bad-assertion', sign(rightProof, { typ: 'visavis-registration+jwt' })),
  assertion('signed by another key', 'bad-signature', claim({}, { key: foreign })),
  assertion('one bit of the signature', 'bad-signature', [head, body, base64url.encode(flipped)].join('.')),
  assertion('claims changed after signing', 'bad-signature', [head, encode({ ...rightClaims, ctr: 9 }), signature].join('.')),
  assertion('a page of another site', 'foreign-origin', claim({ iss: 'https://evil.example' })),
  assertion('for another site', 'foreign-origin', claim({ aud: 'https://evil.example' })),
  assertion('for a list of audiences', 'foreign-origin', claim({ aud: [ORIGIN] })),
  assertion('for another account', 'wrong-user', claim({ sub: 'account-2' })),
  assertion('expired', 'assertion-expired', claim({ iat: NOW - 200, exp: NOW - 140, match: { ...match, at: NOW - 203 } })),
  assertion('from the future', 'assertion-expired', claim({ iat: NOW + 300, exp: NOW + 360, match: { ...match, at: NOW + 297 } })),
  assertion('of a match a minute before', 'assertion-expired', inMatch({ at: NOW - 60 })),
  assertion('of a match after its signature', 'assertion-expired', inMatch({ at: NOW + 1 })),
  assertion('valid for three minutes', 'bad-assertion', claim({ exp: NOW + 180 })),
  assertion('valid from later on', 'bad-assertion', claim({ nbf: NOW })),
  assertion('a time that is a text', 'bad-assertion', sign({ ...rightClaims, exp: String(NOW + 60) })),
  assertion('too long', 'bad-assertion', claim({ more: 'x'.repeat(5000) })),
  ...['jti', 'sub', 'nonce', 'ctr', 'match', 'iat', 'exp'].map((name) => assertion(`without ${name}`, 'bad-assertion', without(name))),
  assertion('without a site', 'foreign-origin', without('iss')),
  assertion('a challenge of another shape', 'bad-assertion', claim({ nonce: 'challenge' })),
  assertion('a counter of 0', 'bad-assertion', claim({ ctr: 0 }), { counter: 0 }),
  assertion('a counter beyond exact numbers', 'bad-assertion', claim({ ctr: 2 ** 60 })),
  assertion('a counter that stands still', 'counter-back', claim({ ctr: 7 })),
  assertion('a counter that goes back', 'counter-back', claim({ ctr: 3 })),
  assertion('of another model', 'model-refused', inMatch({ model: 'toy' })),
  assertion('of another version of the model', 'model-refused', inMatch({ modelVersion: '1.3.0' })),
  assertion('at thresholds of the page', 'own-points', inMatch({ points: 'own' })),
  assertion('right, at thresholds of the page that the server answers for', null, inMatch({ points: 'own' }), answeredFor),
  assertion('other thresholds than it answers for', 'points-refused', inMatch({ points: 'own', threshold: 1.2 }), answeredFor),
  assertion('thresholds of neither', 'own-points', inMatch({ points: 'borrowed' }), answeredFor),
  assertion('a looser rate than is accepted', 'weak-match', inMatch({ fmr: 1e-2, threshold: 1.22 })),
  assertion('a threshold that is not the model’s', 'points-refused', inMatch({ threshold: 1.2 })),
  assertion('a rate that is no point of the model', 'points-refused', inMatch({ fmr: 5e-4 })),
  assertion('a rate of 0', 'bad-assertion', inMatch({ fmr: 0 })),
  assertion('a threshold beyond any distance', 'bad-assertion', inMatch({ threshold: 3 })),
  assertion('no frames', 'bad-assertion', inMatch({ frames: 0 })),
  assertion('a model with a name for a page', 'bad-assertion', inMatch({ model: '<b>' })),
  assertion('no liveness where it is demanded', 'liveness-missing', right, { demandLiveness: true }),
  assertion('liveness of ten minutes before, though none is demanded', 'liveness-missing', inMatch({ liveness: stale })),
  assertion('liveness of challenges that there are not', 'bad-assertion', inMatch({ liveness: { ...fresh, challenges: ['sing'] } })),
  assertion('another transaction', 'transaction-mismatch', claim({ nonce: boundNonce }), { transaction: 'Pay 1.00 EUR' }),
  assertion('no transaction where one is expected', 'transaction-mismatch', right, { transaction: TRANSACTION }),
  assertion('a transaction where none is expected', 'transaction-mismatch', claim({ nonce: boundNonce })),
]);

/** @param {string} name @param {string | null} code @param {Promise<string>} proof @param {object} [change] */
const registration = async (name, code, proof, change = {}) => ({
  ...{ name, code },
  body: { name: 'Ann', publicKey: own.publicJwk, proof: await proof, ...change },
});
const prove = (/** @type {object} */ change = {}, /** @type {Parameters<typeof sign>[1]} */ how = {}) =>
  sign({ ...rightProof, ...change }, { typ: 'visavis-registration+jwt', ...how });

const registrations = await Promise.all([
  registration('right', null, prove()),
  registration('without a name', 'bad-body', prove(), { name: '' }),
  registration('a key with its private half', 'bad-key', prove(), { publicKey: await exportJWK(own.privateKey) }),
  registration('a key of another curve', 'bad-key', prove(), { publicKey: { ...own.publicJwk, crv: 'P-384' } }),
  registration('a key in another spelling', 'bad-key', prove({}, { header: { kid: await calculateJwkThumbprint(respelled) } }), {
    publicKey: respelled,
  }),
  registration('a point that is not on the curve', 'bad-assertion', prove(), { publicKey: { ...own.publicJwk, y: own.publicJwk.x } }),
  registration('another’s key', 'bad-signature', prove({}, { key: foreign })),
  registration('for another name', 'wrong-user', prove({ sub: 'Bo' })),
  registration('on another site', 'foreign-origin', prove({ iss: 'https://evil.example' })),
  registration('expired', 'assertion-expired', prove({ iat: NOW - 200, exp: NOW - 140 })),
  registration('an assertion in place of a registration', 'bad-assertion', prove({}, { typ: 'visavis-match+jwt' })),
  registration('an answer to a challenge with a transaction', 'bad-assertion', prove({ nonce: boundNonce })),
  registration('without a challenge', 'bad-assertion', prove({ nonce: undefined })),
]);

const vectors = {
  about: 'docs/server.md says how to read these. Each `expected` is beside the common one; `code` is null where a verifier has to accept.',
  common: {
    ...{ origin: ORIGIN, now: NOW * 1000, subject: 'account-1', keyId: own.keyId, publicJwk: own.publicJwk, counter: 7 },
    maxFmr: 1e-3,
    models,
  },
  challenges: [
    { challenge: nonce, transaction: null },
    { challenge: boundNonce, transaction: TRANSACTION },
  ],
  ...{ registrations, assertions },
};
await writeFile(FILE, await prettier.format(JSON.stringify(vectors), { ...(await prettier.resolveConfig(FILE)), parser: 'json' }));
console.log(`${FILE}: ${registrations.length} registrations, ${assertions.length} assertions`);
