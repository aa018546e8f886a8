/** Time for the browser to draw, and to answer whoever clicks. */
const PAUSE = 30;

/** Does one thing after another, each in a task of its own: together they would freeze the page. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take(job: () => void): void {
    this.#last = this.#last
      .then(() => new Promise((resolve) => setTimeout(resolve, PAUSE)))
      .then(job)
      .catch(reportError);
  }
}
