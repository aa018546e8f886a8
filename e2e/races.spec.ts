import { expect, test } from '@playwright/test';
import { withDevPage, withDevServer } from '../tools/withDevPage.mjs';
import { killBrowsers } from './races/killBrowsers.mjs';
import { pairsOf, raceTabs } from './races/raceTabs.mjs';
import { CALLS } from './races/VaultModel.js';

/** `npm run races` does more of the same. */
const RACES = 10;
const KILLS = 2;

// What is lost once in many times is a fault: no second try makes up for it.
test.describe.configure({ retries: 0 });

test('any two calls of a vault, in one tab or two, come out as if one had come after the other', async () => {
  test.setTimeout(900_000);
  await withDevPage(async (page) => {
    const race = await raceTabs(page);
    for (const tabs of [1, 2] as const) {
      for (const pair of pairsOf(CALLS)) expect(await race(pair, RACES, tabs)).toEqual({ races: RACES, wrong: [] });
    }
  });
});

test('a browser that is killed while it writes loses nothing it was told is kept', async () => {
  test.setTimeout(900_000);
  await withDevServer(async (url) => {
    const { acknowledged, lost } = await killBrowsers(url, KILLS);
    expect(acknowledged).toBeGreaterThan(KILLS);
    expect(lost).toEqual([]);
  });
});
