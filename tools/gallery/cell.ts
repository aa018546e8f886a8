// One state in a window of its own, so that it meets the screen's size as it would there. The address says which, and in which language.
import { html, LitElement, type TemplateResult } from 'lit';
import { IDLE, isRunning } from '../../src/element/FlowState.js';
import { USUAL_FRAME } from '../../src/element/oval.js';
import { CAPTURE_STYLES } from '../../src/element/styles/captureStyles.js';
import { captureView } from '../../src/element/view/captureView.js';
import type { ElementView } from '../../src/element/view/ElementView.js';
import { loadWords } from '../../src/element/words/loadWords.js';
import type { Words } from '../../src/element/words/Words.js';
import { drawPerson } from './drawPerson.js';
import { STATES } from './states.js';

const SMALL = '(max-width: 640px), (max-height: 480px)';
const nothing = () => undefined;

class Cell extends LitElement {
  static override readonly styles = CAPTURE_STYLES;
  readonly #video = Object.assign(document.createElement('video'), { poster: drawPerson() });

  constructor(
    private readonly name: string,
    private readonly words: Words,
  ) {
    super();
  }

  protected override render(): TemplateResult {
    const { flow: some, lit, ...shown } = STATES[this.name];
    const flow = { ...IDLE, ...some };
    const live = isRunning(flow) && flow.phase !== 'loading' && flow.phase !== 'asking-for-camera';
    const act = { start: nothing, skip: nothing, cancel: nothing, agree: nothing, light: nothing, chooseCamera: nothing };
    const view: ElementView = {
      ...{ words: this.words, mode: 'verify', flow, video: this.#video, live, mirrored: true, frame: USUAL_FRAME, movements: 0 },
      ...{
        consent: null,
        consentTo: 'consent.text',
        retention: null,
        light: null,
        transaction: null,
        cameras: [],
        disabled: false,
        act,
        ...shown,
      },
    };
    return html`${captureView(view, isRunning(flow) && (lit !== undefined || matchMedia(SMALL).matches), nothing)}`;
  }

  /** The oval depends on the size of the picture, which is known only now. */
  protected override firstUpdated(): void {
    requestAnimationFrame(() => this.requestUpdate());
  }

  protected override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    const { lit } = STATES[this.name];
    if (dialog && !dialog.open) dialog.showModal();
    if (lit) dialog?.setAttribute('data-lit', '');
    if (lit) dialog!.style.backgroundColor = lit;
  }
}

const asked = new URLSearchParams(location.search);
customElements.define('visavis-cell', Cell);
document.body.append(new Cell(asked.get('state')!, await loadWords(asked.get('lang')!)));
document.documentElement.dataset.ready = '';
