import { expect, it } from 'vitest';
import { cameraNames } from './cameraNames.js';

it.each([
  [
    ['FaceTime HD Camera (05ac:8514)', 'OBS Virtual Camera'],
    ['FaceTime HD Camera', 'OBS Virtual Camera'],
  ],
  [
    ['', 'Desk', ''],
    ['Camera 1', 'Desk', 'Camera 3'],
  ],
  [
    ['USB Camera (1234:abcd)', 'USB Camera (1234:ABCE)', 'USB Camera'],
    ['USB Camera', 'USB Camera (2)', 'USB Camera (3)'],
  ],
  [
    ['Room (2nd floor)', '(05ac:8514)'],
    ['Room (2nd floor)', 'Camera 2'],
  ],
  [[], []],
])('%j: %j', (labels, names) => {
  expect(cameraNames(labels, (index) => `Camera ${index}`)).toEqual(names);
});
