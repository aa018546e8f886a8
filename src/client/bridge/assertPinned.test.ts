import { expect, it } from 'vitest';
import type { Integrity } from '../../shared/integrity.js';
import PINS from '../../shared/manifestPins.json';
import { DETECTOR_ID, MESH_ID, PINNED_EMBEDDERS } from '../../shared/modelIds.js';
import { assertPinned } from './assertPinned.js';

const PIN = `sha256-${'A'.repeat(43)}=`;

it('refuses a pin of another id where the page’s own model has none', () => {
  expect(() => assertPinned('my-model', { 'my-modle': PIN })).toThrow(
    'expected integrity to name "my-model", the model that is loaded, got "my-modle"',
  );
  expect(() => assertPinned('my-model', { 'facemesh-192': PIN, 'mobilenet-160': PIN })).toThrow(TypeError);
});

it('takes none, that of the model, those of the models beside it, and any for a model that ships', () => {
  const fine: Integrity[] = [{}, { 'my-model': PIN }, { 'my-model': PIN, older: PIN }, { 'facemesh-192': PIN }];
  for (const integrity of fine) expect(() => assertPinned('my-model', integrity)).not.toThrow();
  expect(() => assertPinned('mobilenet-160', { older: PIN })).not.toThrow();
});

it('knows the models that the package pins', () => {
  expect([DETECTOR_ID, MESH_ID, ...PINNED_EMBEDDERS]).toEqual(Object.keys(PINS));
});
