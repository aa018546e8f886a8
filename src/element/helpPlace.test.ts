import { expect, it } from 'vitest';
import { helpPlace } from './helpPlace.js';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

it.each([
  ['ios', `${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`],
  ['other', `${IPHONE} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1`],
  ['other', `${IPHONE} FxiOS/140.0 Mobile/15E148 Safari/605.1.15`],
  ['in-app', `${IPHONE} Mobile/15E148 Instagram 350.0.0.0`],
  ['android', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'],
  ['android', 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'],
  ['firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['edge', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0'],
  ['chrome', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'],
  ['safari', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15'],
])('sends people to the settings of %s: %s', (place, userAgent) => {
  expect(helpPlace(new Error(), { userAgent, touchPoints: 0, framed: false })).toBe(place);
});

it('tells an iPad from a Mac, and a block by the system or by the page around from the person’s', () => {
  const userAgent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15';
  expect(helpPlace(new Error(), { userAgent, touchPoints: 5, framed: false })).toBe('ios');
  expect(helpPlace(new Error('the operating system'), { userAgent, touchPoints: 0, framed: true })).toBe('system');
  expect(helpPlace(new Error('this frame'), { userAgent, touchPoints: 0, framed: true })).toBe('frame');
});
