/** @typedef {(method: string, params?: object) => Promise<any>} Send */

/**
 * A page or a worker as Chromium's debugger sees it, with the workers that it has started. Playwright's sessions reach only pages; a
 * worker's messages travel inside its parent's.
 */
export class Isolate {
  /** @type {Map<string, Isolate>} */
  #workers = new Map();
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #calls = 0;
  #post;
  #script;

  /**
   * @param {(message: string) => Promise<unknown>} post sends a message to this isolate
   * @param {string} script what its workers run first
   */
  constructor(post, script) {
    this.#post = post;
    this.#script = script;
  }

  /**
   * @param {import('playwright').Page} page
   * @param {string} script what its workers run before their own scripts
   * @returns {Promise<Isolate>}
   */
  static async ofPage(page, script) {
    const session = await page.context().newCDPSession(page);
    const post = async (/** @type {string} */ message) => {
      const { id, method, params } = JSON.parse(message);
      try {
        isolate.receive({ id, result: await session.send(method, params) });
      } catch (error) {
        isolate.receive({ id, error: { message: String(error) } });
      }
    };
    const isolate = new Isolate(post, script);
    for (const method of /** @type {const} */ ([
      'Target.attachedToTarget',
      'Target.detachedFromTarget',
      'Target.receivedMessageFromTarget',
    ])) {
      session.on(method, (params) => isolate.receive({ method, params }));
    }
    await isolate.#watchWorkers();
    return isolate;
  }

  /** @type {Send} */
  send(method, params = {}) {
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post(JSON.stringify({ id, method, params })).catch(reject);
    });
  }

  /** Its workers, and theirs. @returns {Isolate[]} */
  descendants() {
    return [...this.#workers.values()].flatMap((worker) => [worker, ...worker.descendants()]);
  }

  /** @param {any} message an answer or an event */
  receive({ id, method, params, result, error }) {
    if (id !== undefined) {
      const call = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) call?.reject(new Error(error.message));
      else call?.resolve(result);
    } else if (method === 'Target.attachedToTarget') {
      const { sessionId } = params;
      const worker = new Isolate((message) => this.send('Target.sendMessageToTarget', { sessionId, message }), this.#script);
      this.#workers.set(sessionId, worker);
      // A worker that has ended in the meantime no longer answers.
      worker.#begin().catch(() => this.#workers.delete(sessionId));
    } else if (method === 'Target.detachedFromTarget') {
      this.#workers.delete(params.sessionId);
    } else if (method === 'Target.receivedMessageFromTarget') {
      this.#workers.get(params.sessionId)?.receive(JSON.parse(params.message));
    }
  }

  async #begin() {
    await Promise.all([
      this.#watchWorkers(),
      this.send('Runtime.evaluate', { expression: this.#script }),
      this.send('Runtime.runIfWaitingForDebugger'),
    ]);
  }

  #watchWorkers() {
    return this.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
  }
}
