import { expect, it } from 'vitest';
import type { Integrity } from '../../shared/integrity.js';
import PINS from '../../shared/manifestPins.json';
import { DETECTOR_ID, MESH_ID, PINNED_EMBEDDERS } from '../../shared/modelIds.js';
import { assertOwnPin } from './assertOwnPin.js';

const PIN = `sha256-${'A'.repeat(43)}=`;

it('refuses a pin of another id where the page’s own model has none', () => {
  expect(() => assertOwnPin('my-model', { 'my-modle': PIN })).toThrow(
    'expected integrity to name "my-model", the model that is loaded, got "my-modle"',
  );
  expect(() => assertOwnPin('my-model', { 'mobilenet-160': PIN, 'my-modle': PIN })).toThrow(TypeError);
});

it('takes none, that of the model, those of the models beside it, those of models that ship, and any for one of these', () => {
  const shipped = { 'facemesh-192': PIN, 'mobilenet-160': PIN };
  const fine: Integrity[] = [{}, { 'my-model': PIN }, { 'my-model': PIN, older: PIN }, shipped];
  for (const integrity of fine) expect(() => assertOwnPin('my-model', integrity)).not.toThrow();
  expect(() => assertOwnPin('mobilenet-160', { older: PIN })).not.toThrow();
});

it('knows the models that the package pins', () => {
  expect([DETECTOR_ID, MESH_ID, ...PINNED_EMBEDDERS]).toEqual(Object.keys(PINS));
});
