// npm run races [-- --races 1000] [--kills 100] [--only CALL]: lets every pair of a vault's calls race so many times, on one vault object
// and from two tabs, then kills so many browsers while they write. Says what came out wrong, and how much was lost.
import { parseArgs } from 'node:util';
import { count } from '../../tools/count.mjs';
import { namesOf } from '../../tools/namesOf.mjs';
import { withDevPage, withDevServer } from '../../tools/withDevPage.mjs';
import { killBrowsers } from './killBrowsers.mjs';
import { pairsOf, raceTabs } from './raceTabs.mjs';

const { values } = parseArgs({
  options: {
    races: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '100' },
    only: { type: 'string', multiple: true },
  },
});

const times = count('--races', values.races, 0);
const kills = count('--kills', values.kills, 0);
if (times + kills === 0) throw new RangeError('--races 0 --kills 0: expected something to do');
if (values.only && times === 0) throw new RangeError('--only: expected races to choose from, got --races 0');

const wrong = [];
if (times > 0) {
  await withDevPage(async (page) => {
    const race = await raceTabs(page);
    const calls = await page.evaluate(async () => {
      const path = '/e2e/races/VaultModel.ts';
      return /** @type {string[]} */ ([...(await import(/* @vite-ignore */ path)).CALLS]);
    });
    const chosen = namesOf('--only', values.only, calls);
    const pairs = pairsOf(calls).filter((pair) => pair.some((name) => chosen.includes(name)));
    for (const tabs of /** @type {const} */ ([1, 2])) {
      let races = 0;
      let broken = 0;
      for (const pair of pairs) {
        const outcome = await race(pair, times, tabs);
        races += outcome.races;
        broken += outcome.wrong.length;
        wrong.push(...outcome.wrong);
        for (const line of outcome.wrong.slice(0, 3)) console.log(`${tabs} tab(s): ${line}`);
      }
      console.log(`${tabs === 1 ? 'one tab' : 'two tabs'}: ${pairs.length} pairs, ${races} races, ${broken} wrong`);
    }
  });
}
if (kills > 0) {
  await withDevServer(async (url) => {
    const { acknowledged, lost } = await killBrowsers(url, kills, (line) => console.log(line));
    wrong.push(...lost);
    for (const line of lost) console.log(line);
    console.log(`${kills} browsers killed: ${acknowledged} writes acknowledged, ${lost.length} lost`);
  });
}
if (wrong.length > 0) process.exitCode = 1;
