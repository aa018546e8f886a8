import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import puppeteer from 'puppeteer-core';

/** An installed browser that Playwright cannot drive: just enough to open a page and run a function there. */
export interface OtherBrowser {
  open(url: string): Promise<void>;
  /** Runs the function in the page, without its surrounding scope; argument and result are passed as JSON. */
  run<A, T>(task: (argument: A) => Promise<T>, argument: A): Promise<T>;
  close(): Promise<void>;
}

const found = (...names: string[]): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(existsSync);

const firefox = found('firefox-esr', 'firefox');
const webkitDriver = found('WebKitWebDriver');
const xvfb = found('Xvfb');

/**
 * Each browser with a function that starts it; null if it is not installed. WebKit's is MiniBrowser of WebKitGTK: Safari's engine, not
 * Safari.
 */
export const OTHER_BROWSERS: Record<string, (() => Promise<OtherBrowser>) | null> = {
  Firefox: firefox ? () => openFirefox(firefox) : null,
  WebKit: webkitDriver && (process.env.DISPLAY || xvfb) ? () => openWebkit(webkitDriver) : null,
};

/** Milliseconds for one task in a page, which may be hundreds of times slower there. */
const LIMIT = 540_000;
/** WebKit's driver answers at the end only, and Node waits five minutes for an answer to begin. */
const WEBKIT_LIMIT = 290_000;

/** Through WebDriver BiDi, which Firefox supports itself. */
async function openFirefox(executablePath: string): Promise<OtherBrowser> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, timeout: 180_000, protocolTimeout: LIMIT });
  const page = await browser.newPage().catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  page.setDefaultNavigationTimeout(180_000);
  return {
    async open(url) {
      await page.goto(url);
    },
    run: (task, argument) => page.evaluate(task as never, argument),
    close: () => browser.close(),
  };
}

/** Through WebDriver and its driver, on a display of its own if there is none. */
async function openWebkit(driver: string): Promise<OtherBrowser> {
  const running: ChildProcess[] = [];
  const close = () => running.reverse().forEach((one) => one.kill());
  try {
    const display = process.env.DISPLAY ?? `:${await startXvfb(running)}`;
    const port = await freePort();
    running.push(spawn(driver, [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, DISPLAY: display } }));
    const call = async (method: string, path: string, body?: object): Promise<unknown> => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
      const { value } = (await response.json()) as { value: unknown };
      if (!response.ok) throw new Error(`WebDriver ${path}: ${JSON.stringify(value)}`);
      return value;
    };
    const { sessionId } = (await retried(() => call('POST', '/session', { capabilities: {} }))) as { sessionId: string };
    const session = `/session/${sessionId}`;
    await call('POST', `${session}/timeouts`, { script: WEBKIT_LIMIT });
    return {
      async open(url) {
        await call('POST', `${session}/url`, { url });
      },
      async run<A, T>(task: (argument: A) => Promise<T>, argument: A) {
        const script = `const done = arguments[1]; (${String(task)})(arguments[0]).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
        const answer = (await call('POST', `${session}/execute/async`, { script, args: [argument] })) as { value: T; error?: string };
        if (answer.error !== undefined) throw new Error(answer.error);
        return answer.value;
      },
      async close() {
        try {
          await call('DELETE', session);
        } finally {
          close();
        }
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Starts a new display; returns its number. */
async function startXvfb(running: ChildProcess[]): Promise<string> {
  const server = spawn(xvfb!, ['-displayfd', '3', '-screen', '0', '1280x900x24'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  running.push(server);
  return new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error('Xvfb did not start')));
    server.stdio[3]!.once('data', (number: Buffer) => resolve(number.toString().trim()));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until the driver listens. */
async function retried<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (tries === 1200 || !(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
