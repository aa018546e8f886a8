import { expect, it } from 'vitest';
import type { Template } from '../shared/Template.js';
import { templateOf } from '../vault/fixtures/templateOf.js';
import { isOver, TemplateShelf } from './TemplateShelf.js';
import type { TemplateStore } from './TemplateStore.js';

const NOW = Date.parse('2026-06-11T00:00:00Z');
const made = (createdAt: string) => ({ createdAt }) as Template;

it.each([
  ['younger', '2026-06-02T00:00:00Z', 10, false],
  ['as old', '2026-06-01T00:00:00Z', 10, true],
  ['older', '2026-05-01T00:00:00Z', 10, true],
  ['of no date that can be read', 'yesterday', 10, true],
  ['for no time at all', '2026-06-11T00:00:00Z', 0, true],
  ['for ever', '1999-01-01T00:00:00Z', null, false],
  ['for a time that is none', '1999-01-01T00:00:00Z', Number.NaN, false],
  ['for less than no time', '1999-01-01T00:00:00Z', -1, false],
  ['for a time without end', '1999-01-01T00:00:00Z', Infinity, false],
])('a template is kept %s', (_, createdAt, days, over) => {
  expect(isOver(made(createdAt), days, NOW)).toBe(over);
});

it('writes nothing for a try that is over', async () => {
  const written: string[] = [];
  const store: TemplateStore = {
    get: () => Promise.resolve(undefined),
    put: (id) => Promise.resolve(void written.push(id)),
    delete: () => Promise.resolve(),
  };
  const shelf = new TemplateShelf(store);
  const template = made('2026-06-01T00:00:00Z');
  expect(await shelf.write('ann', template, AbortSignal.abort())).toBe(false);
  await shelf.renew('ann', template, template, AbortSignal.abort());
  expect(written).toEqual([]);
  expect(await shelf.write('ann', template, new AbortController().signal)).toBe(true);
  expect(written).toEqual(['ann']);
});

it('says what was wrong with a renewal where the template that it is for lies there still', async () => {
  const [before, after] = [templateOf(3), templateOf(5)];
  let kept: Template | undefined = { ...before, embedding: before.embedding.slice() };
  const wrong = new RangeError('expected a template of at most 2048 values to protect');
  const shelf = new TemplateShelf({ get: () => Promise.resolve(kept), put: () => Promise.reject(wrong), delete: () => Promise.resolve() });
  const renew = () => shelf.renew('ann', after, before, new AbortController().signal);
  await expect(renew()).rejects.toBe(wrong);
  kept = templateOf(4);
  await renew();
  kept = undefined;
  await expect(renew()).rejects.toMatchObject({ word: 'template-missing' });
});

it('erases a template that is too old, and none that another tab puts in its place meanwhile', async () => {
  const [old, fresh] = [made('1999-01-01T00:00:00Z'), made(new Date().toISOString())];
  let [kept, next]: (Template | undefined)[] = [old, undefined];
  const store: TemplateStore = {
    get() {
      const found = kept;
      kept = next ?? kept; // right after it was read
      return Promise.resolve(found);
    },
    put: () => Promise.resolve(),
    delete(_, { only } = {}) {
      if (!only || only === kept) kept = undefined;
      return Promise.resolve();
    },
  };
  const shelf = new TemplateShelf(store);
  expect(await shelf.read('ann', 30)).toBeNull();
  expect(kept).toBeUndefined();
  [kept, next] = [old, fresh];
  expect(await shelf.read('ann', 30)).toBe(fresh);
  expect(kept).toBe(fresh);
});
