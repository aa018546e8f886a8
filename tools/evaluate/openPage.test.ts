import { beforeEach, expect, it, vi } from 'vitest';
import { openPage } from './openPage.mjs';

const fake = vi.hoisted(() => ({ newPage: vi.fn(), goto: vi.fn(), closeBrowser: vi.fn(), closeServer: vi.fn() }));
vi.mock('./launchBrowser.mjs', () => ({ launchBrowser: () => Promise.resolve({ newPage: fake.newPage, close: fake.closeBrowser }) }));
vi.mock('../staticServer.mjs', () => ({ serveFolders: () => Promise.resolve({ url: 'http://localhost/', close: fake.closeServer }) }));

beforeEach(() => {
  vi.clearAllMocks();
  fake.newPage.mockResolvedValue({ goto: fake.goto });
  fake.goto.mockResolvedValue(null);
});

it.each(['newPage', 'goto'] as const)('leaves no browser behind where %s fails', async (step) => {
  fake[step].mockRejectedValue(new Error('the page crashed'));
  await expect(openPage('images')).rejects.toThrow('the page crashed');
  expect([fake.closeBrowser, fake.closeServer].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

it('closes both when it is told to', async () => {
  const { close } = await openPage('images');
  expect(fake.closeBrowser).not.toHaveBeenCalled();
  await close();
  expect([fake.closeBrowser, fake.closeServer].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});
