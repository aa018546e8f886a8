import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPageStore } from '../state/PageState.js';
import { bindLookUp } from './bindLookUp.js';

const note = vi.hoisted(() => ({ textContent: '' }));
vi.mock('../ui/byId.js', () => ({ byId: () => note }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('says what is waited for, where it takes a while', async () => {
  const store = createPageStore();
  bindLookUp(store);
  await vi.advanceTimersByTimeAsync(400);
  expect(note.textContent).toBe('');
  await vi.advanceTimersByTimeAsync(200);
  expect(note.textContent).toBe('Looking up your enrollment …');
  store.set({ enrollment: 'none' });
  await vi.advanceTimersByTimeAsync(0);
  expect(note.textContent).toBe('');
});

it('says nothing where it is over at once', async () => {
  const store = createPageStore();
  bindLookUp(store);
  store.set({ enrollment: 'vault' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(note.textContent).toBe('');
});
