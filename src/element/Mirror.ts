import type { LitElement } from 'lit';

/** The picture in which people see themselves: the element's own video, and where it lies. */
export class Mirror {
  #video: HTMLVideoElement | null = null;
  #drawnSize = '';
  #wasLive = false;

  constructor(private readonly element: LitElement) {}

  get video(): HTMLVideoElement {
    if (this.#video) return this.#video;
    this.#video = document.createElement('video');
    this.#video.addEventListener('resize', () => this.element.requestUpdate());
    Object.assign(this.#video, { muted: true, playsInline: true });
    return this.#video;
  }

  /** The oval is drawn within what is shown of the picture, whose size is known only now. */
  fitOval(): void {
    const { clientWidth, clientHeight } = this.video;
    const size = `${clientWidth} ${clientHeight}`;
    if (size === this.#drawnSize) return;
    this.#drawnSize = size;
    queueMicrotask(() => this.element.requestUpdate());
  }

  /**
   * What is to be done stands on the picture: where that does not fill the screen, the page may be scrolled past it.
   * @param live whether a camera plays in it
   */
  comeIntoView(live: boolean, fills: boolean): void {
    const begins = live && !this.#wasLive;
    this.#wasLive = live;
    const picture = this.element.renderRoot.querySelector('.mirror');
    if (!begins || !picture || fills) return;
    const { top, bottom } = picture.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) picture.scrollIntoView({ block: bottom - top > innerHeight ? 'start' : 'nearest' });
  }
}
