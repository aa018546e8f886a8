// Two tabs in which the vault's calls race.

/**
 * Argon2 takes half a second each time, in which nothing can race: a stand-in that hashes once takes its place.
 */
const QUICK = `export async function argon2idAsync(password, salt) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array([...password, ...salt])));
}`;

/**
 * @param {import('playwright').Page} page that can import the sources; opens a second tab
 * @returns {Promise<(names: readonly [string, string], times: number, tabs: 1 | 2) => Promise<{ races: number; wrong: string[] }>>}
 */
export async function raceTabs(page) {
  const load = async () => {
    const path = '/e2e/races/vaultRaces.ts';
    Object.assign(globalThis, { races: await import(/* @vite-ignore */ path) });
  };
  await page.context().route(/noble_hashes_argon2/, (route) => route.fulfill({ contentType: 'text/javascript', body: QUICK }));
  const [second] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(() => void open(location.href, '_blank', 'noopener')), // a tab like any other
  ]);
  await second.waitForLoadState();
  await Promise.all([page.evaluate(load), second.evaluate(load)]);
  await second.evaluate(() => /** @type {any} */ (globalThis).races.follow());
  return (names, times, tabs) =>
    page.evaluate(
      ([names, times, tabs]) => /** @type {any} */ (globalThis).races.race(names, times, tabs),
      /** @type {const} */ ([names, times, tabs]),
    );
}

/** @template T @param {readonly T[]} calls @returns {[T, T][]} every pair, also of a call with itself */
export function pairsOf(calls) {
  return calls.flatMap((one, i) => calls.slice(i).map((other) => /** @type {[T, T]} */ ([one, other])));
}
