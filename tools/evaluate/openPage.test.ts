import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { openPage } from './openPage.mjs';

const fake = vi.hoisted(() => ({ newPage: vi.fn(), goto: vi.fn(), closeBrowser: vi.fn(), closeServer: vi.fn(), serve: vi.fn() }));
vi.mock('./launchBrowser.mjs', () => ({ launchBrowser: () => Promise.resolve({ newPage: fake.newPage, close: fake.closeBrowser }) }));
vi.mock('../staticServer.mjs', () => ({ serveFolders: fake.serve }));

beforeEach(() => {
  vi.clearAllMocks();
  fake.newPage.mockResolvedValue({ goto: fake.goto });
  fake.goto.mockResolvedValue(null);
  fake.serve.mockResolvedValue({ url: 'http://localhost/', close: fake.closeServer });
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

it('sends pictures of any name; what is none is missing, and a folder that is called like one ends nothing but its answer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-pictures-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'who? me=1.jpg'), 'a picture');
  mkdirSync(join(folder, 'folder.jpg'));
  await openPage(folder);
  const [, { handler }] = fake.serve.mock.lastCall as [object, { handler: RequestListener }];
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const load = (name: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/images/${encodeURIComponent(name)}`);
  await expect(load('folder.jpg').then((response) => response.text())).rejects.toThrow();
  expect((await load('nosuch.jpg')).status).toBe(404);
  expect((await load('../secret.jpg')).status).toBe(404);
  const picture = await load('who? me=1.jpg');
  expect(picture.headers.get('content-type')).toBe('image/jpeg');
  expect(await picture.text()).toBe('a picture');
});
