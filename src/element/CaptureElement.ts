import { LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Camera } from '../client/camera/Camera.js';
import type { CameraOptions } from '../client/camera/openCamera.js';
import type { VerifierSource } from '../client/VerifierSource.js';
import { CAPTURE_MODES, type CaptureMode, type CapturePhase } from '../shared/capture.js';
import type { LivenessOptions } from '../shared/liveness.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { CameraChooser } from './CameraChooser.js';
import type { VisavisCaptureEventMap } from './CaptureEvents.js';
import type { VisavisCaptureElement } from './VisavisCaptureElement.js';
import { CaptureFlow } from './CaptureFlow.js';
import { CAPTURE_PROPERTIES, defineAccessors, UNSET_PROPERTIES } from './captureProperties.js';
import { consentDetail, type ConsentText } from './consentDetail.js';
import { Cues } from './Cues.js';
import { EngineKeeper } from './EngineKeeper.js';
import type { FlowSettings } from './FlowSettings.js';
import { isRunning } from './FlowState.js';
import { FormValue } from './FormValue.js';
import { Lamp, mayLight } from './Lamp.js';
import { Mirror } from './Mirror.js';
import type { OwnVerifier } from './OwnVerifier.js';
import { settingsOf } from './settingsOf.js';
import { CAPTURE_STYLES } from './styles/captureStyles.js';
import { Teller } from './Teller.js';
import { TemplateShelf } from './TemplateShelf.js';
import type { TemplateStore } from './TemplateStore.js';
import { USUAL_FRAME } from './oval.js';
import { captureView } from './view/captureView.js';
import type { ElementView } from './view/ElementView.js';
import { shownTransaction } from './view/transactionView.js';
import type { Messages, Words } from './words/Words.js';
import { WordsAround } from './WordsAround.js';

/** Where a running capture fills the screen: there the instruction could otherwise lie out of view. */
const SMALL = '(max-width: 640px), (max-height: 480px)';
const DEFAULT_MOVEMENTS = 3;
/** The camera that was picked earlier cannot be had now: another may. */
const NOT_STARTED: readonly string[] = ['camera-busy', 'camera-missing'];
/**
 * What `VisavisCaptureElement` is made of; its properties are described there.
 *
 * @slot instructions what will happen, in place of the text below the title
 * @slot consent what an enrollment asks consent to, in place of the default text
 * @slot start a button of your own in place of "Start"
 * @slot alternative another way in, below the buttons
 * @slot footer below everything
 */
export class CaptureElement extends LitElement implements VisavisCaptureElement {
  static readonly formAssociated = true;
  static override readonly shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override readonly styles = CAPTURE_STYLES;
  static override readonly properties: PropertyDeclarations = CAPTURE_PROPERTIES;

  static {
    defineAccessors(this.prototype);
  }

  declare mode: CaptureMode;
  declare modelsUrl: string | null;
  declare model: string | null;
  declare workerUrl: string | null;
  declare fmr: number | null;
  declare liveness: boolean | LivenessOptions;
  declare light: boolean;
  declare getReady: number | null;
  declare templateId: string | null;
  declare retention: number | null;
  declare consent: 'ask' | 'given' | null;
  declare challenge: string | null;
  declare transaction: string | null;
  declare subject: string | null;
  declare deviceKey: string | null;
  declare name: string | null;
  declare required: boolean;
  declare autoSubmit: boolean;
  declare fullscreen: 'auto' | 'never' | null;
  declare theme: 'light' | 'dark' | null;
  declare cues: string | null;
  declare wordsUrl: string | null;
  declare words: Messages | null;
  declare template: Template | null;
  declare vault: TemplateStore | null;
  declare verifier: OwnVerifier | null;
  declare renewFrom: VerifierSource | null;
  declare camera: CameraOptions | Camera | null;

  readonly #internals = this.attachInternals();
  readonly #form = new FormValue(this.#internals, () => this.#expireValue());
  readonly #mirror = new Mirror(this);
  readonly #words = new WordsAround(this, () => {
    this.#validate();
    this.requestUpdate();
  });
  readonly #engine = new EngineKeeper();
  readonly #chooser = new CameraChooser();
  readonly #cues = new Cues();
  readonly #lamp = new Lamp(() => this.renderRoot.querySelector('dialog'));
  readonly #teller = new Teller((text) => this.#show(text), this.#cues);
  readonly #flow = new CaptureFlow(this.#engine, {
    onChange: () => this.#changed(),
    onCamera: (camera) => this.#opened(camera),
    onEnd: (value) => this.#ended(value),
  });
  #playing: Camera | null = null;
  #small: MediaQueryList | null = null;
  #agreed: 'open' | 'missing' | 'given' = 'open';
  #lit = false;
  #confirmed: string | null = null;
  #settings: (camera: Camera | CameraOptions) => FlowSettings = (camera) => ({ ...settingsOf(this, null), camera });
  #phase: CapturePhase = 'idle';
  #hadFocus = false;
  /** Whether a template may have become too old while nothing was looked at. */
  #mayExpire = false;
  /** The camera that the try asked for, where it was a certain one. */
  #asked: string | null = null;

  constructor() {
    super();
    this.mode = 'verify';
    Object.assign(this, Object.fromEntries(UNSET_PROPERTIES.map((name) => [name, undefined])));
    this.#validate();
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang', 'disabled'];
  }

  /** Where the capture is. */
  get phase(): CapturePhase {
    return this.#phase;
  }

  /** What went wrong, for whoever develops the page; null where nothing did. */
  get error(): Error | null {
    return this.#flow.state.error;
  }

  /** What the form sends: what was signed for the challenge; null before, and without one. */
  get value(): string | null {
    return this.#form.value;
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  get validity(): ValidityState {
    return this.#internals.validity;
  }

  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  get disabled(): boolean {
    return this.hasAttribute('disabled');
  }

  set disabled(disabled: boolean) {
    this.toggleAttribute('disabled', disabled);
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** Starts as the button does. Resolves when it is over, whatever ended it; does nothing where a consent is missing. */
  async start(): Promise<void> {
    if (!this.isConnected || this.matches(':disabled') || isRunning(this.#flow.state)) return;
    if (this.#consent !== null && this.#consent !== 'given') {
      this.#agreed = 'missing';
      this.requestUpdate();
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('#agree')?.focus();
      return;
    }
    this.#setValue(null);
    this.#take();
    this.#cues.wake();
    await this.#flow.start(async () =>
      this.#settings(isOpen(this.camera) ? this.camera : this.#asking(await this.#chooser.options(this.#wish))),
    );
  }

  /** Ends what runs, at any moment, and goes back to the start. The camera goes off at once. */
  cancel(): void {
    const running = isRunning(this.#flow.state);
    this.#flow.cancel();
    this.#forgetChoices();
    this.#setValue(null);
    if (running) this.#tell('visavis-cancel', null);
  }

  /** Deletes the stored template of `templateId`, which withdraws the consent. */
  async erase(): Promise<void> {
    this.cancel();
    await this.#flow.over;
    if (this.templateId !== null) await new TemplateShelf(this.vault).erase(this.templateId);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#small = matchMedia(SMALL);
    this.#small.addEventListener('change', this.#onSmall);
    window.addEventListener('pagehide', this.#onHide);
    window.addEventListener('pageshow', this.#onShow);
    // Attached anew, a dialog is no longer above the page.
    this.renderRoot.querySelector('dialog')?.removeAttribute('open');
    void this.#words.load(this.wordsUrl, false);
    this.#mayExpire = true;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#small?.removeEventListener('change', this.#onSmall);
    window.removeEventListener('pagehide', this.#onHide);
    window.removeEventListener('pageshow', this.#onShow);
    // Who only moves the element puts it back at once.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    super.attributeChangedCallback(name, before, now);
    if (name === 'lang' && before !== now && this.isConnected) void this.#words.load(this.wordsUrl, false);
  }

  formResetCallback(): void {
    this.cancel();
  }

  formDisabledCallback(disabled: boolean): void {
    if (disabled) this.cancel();
    this.requestUpdate();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!CAPTURE_MODES.includes(this.mode)) this.mode = 'verify';
    // Chosen anew, by who reads the warning anew; agreed to anew, where something else is agreed to.
    if (!this.light || !this.liveness) this.#lit = false;
    if (['vault', 'templateId', 'retention'].some((name) => changed.has(name)) && this.#agreed === 'given') this.#agreed = 'open';
    if (changed.has('cues')) this.#cues.set(this.cues);
    if (changed.has('wordsUrl') && (this.wordsUrl ?? changed.get('wordsUrl'))) void this.#words.load(this.wordsUrl, true);
    if (changed.has('required') || changed.has('words')) this.#validate();
    this.#hadFocus = this.shadowRoot?.activeElement !== null || this.#ownStart !== null;
  }

  protected override render(): TemplateResult {
    return captureView(this.#view(), this.#fills, this.#onEscape);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (this.#mayExpire || ['vault', 'templateId', 'retention'].some((name) => changed.has(name))) void this.#expire();
    this.#mayExpire = false;
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open && this.isConnected) dialog.showModal();
    this.#mirror.fitOval();
    this.#mirror.comeIntoView(this.#isLive, this.#fills);
    this.#teller.follow(this.#flow.state, this.#said, !isOpen(this.camera));
    // What had the focus may be gone: then it is where the next thing is to be read.
    if (!this.#hadFocus || this.shadowRoot?.activeElement || (this.#ownStart && this.renderRoot.querySelector('slot[name="start"]')))
      return;
    this.renderRoot.querySelector<HTMLElement>('.title, .primary, button')?.focus();
  }

  /** The page's own button in the slot `start`, while it has the focus. */
  get #ownStart(): Element | null {
    const { activeElement } = this.getRootNode() as Document | ShadowRoot;
    return activeElement?.closest('[slot="start"]')?.parentElement === this ? activeElement : null;
  }

  get #isLive(): boolean {
    const { phase } = this.#flow.state;
    return this.#playing !== null && isRunning({ phase }) && phase !== 'loading' && phase !== 'asking-for-camera';
  }

  /** How the page wants the camera opened, in the element's own picture. */
  get #wish(): CameraOptions {
    return { video: this.#mirror.video, ...(isOpen(this.camera) ? {} : this.camera) };
  }

  get #said(): Words {
    const { texts } = this.#words;
    return this.words ? texts.with(this.words) : texts;
  }

  get #consent(): 'open' | 'missing' | 'given' | null {
    return this.mode === 'enroll' && this.consent !== 'given' ? this.#agreed : null;
  }

  get #consentTo(): ConsentText {
    return this.templateId !== null && this.vault === null ? 'consent.text' : 'consent.handed';
  }

  /** Days; null where they do not count. */
  get #keptFor(): number | null {
    return this.templateId === null ? null : this.retention;
  }

  /** Whether the person may choose light from the screen, and has. */
  get #light(): 'offered' | 'chosen' | null {
    if (!this.light || !this.liveness || !mayLight()) return null;
    return this.#lit ? 'chosen' : 'offered';
  }

  get #fills(): boolean {
    if (!isRunning(this.#flow.state)) return false;
    return this.#light === 'chosen' || (this.fullscreen !== 'never' && (this.#small?.matches ?? false));
  }

  /** What is signed, once it runs: a change of the property counts from the next start on. */
  get #confirms(): string | null {
    const { phase } = this.#flow.state;
    return phase === 'idle' ? shownTransaction(this.transaction) : this.#confirmed;
  }

  /** Takes the properties as they are now; what is wrong with them is thrown later, where the person can be told. */
  #take(): void {
    this.#confirmed = shownTransaction(this.transaction);
    try {
      const settings = settingsOf(this, this.#light === 'chosen' ? this.#lamp : null);
      this.#settings = (camera) => ({ ...settings, camera });
    } catch (error) {
      this.#settings = () => {
        throw error;
      };
    }
  }

  #view(): ElementView {
    const flow = this.#flow.state;
    const camera = this.#playing;
    const live = camera !== null && this.#isLive;
    const { liveness } = this;
    return {
      words: this.#said,
      mode: this.mode,
      flow,
      video: camera?.video ?? this.#mirror.video,
      live,
      mirrored: camera?.stream.getVideoTracks()[0]?.getSettings().facingMode !== 'environment',
      frame: live && camera.width > 0 ? { width: camera.width, height: camera.height } : USUAL_FRAME,
      movements: liveness ? ((liveness === true ? null : liveness.count) ?? DEFAULT_MOVEMENTS) : 0,
      consent: this.#consent,
      consentTo: this.#consentTo,
      retention: this.#keptFor,
      light: this.#light,
      transaction: this.#confirms,
      cameras: live ? this.#chooser.list.map(({ deviceId: id, label }) => ({ id, label, chosen: id === this.#chooser.playing })) : [],
      disabled: this.matches(':disabled'),
      act: this.#act,
    };
  }

  readonly #act: ElementView['act'] = {
    start: () => {
      // Where there is something to choose before another try, it is chosen first.
      if (this.#light !== null && this.#flow.state.outcome) this.cancel();
      else void this.start();
    },
    skip: () => this.#flow.skip(),
    cancel: () => this.cancel(),
    agree: (given) => this.#agree(given),
    light: (chosen) => {
      this.#lit = chosen;
      this.requestUpdate();
    },
    chooseCamera: (id) => {
      this.#chooser.remember(id);
      void this.#restart(id);
    },
  };

  readonly #onSmall = () => this.requestUpdate();
  /** A page that is kept for later would keep its camera. */
  readonly #onHide = () => this.#leave();
  /** A page that was kept for later may be shown again after days. */
  readonly #onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void this.#expire();
  };
  readonly #onEscape = (event: Event) => {
    event.preventDefault();
    this.cancel();
  };

  #changed(): void {
    const { phase } = this.#flow.state;
    this.requestUpdate();
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.setAttribute('phase', phase);
    this.#tell('visavis-phase', { phase });
  }

  #opened(camera: Camera): void {
    this.#playing = camera;
    this.requestUpdate();
    if (isOpen(this.camera)) return;
    void this.#chooser.opened(camera, this.#wish).then((better) => {
      if (camera !== this.#playing || camera.state !== 'live') return;
      if (better === null) this.requestUpdate();
      else void this.#restart(better);
    });
  }

  /** With another camera: the old one is off before the next is opened. */
  async #restart(deviceId: string): Promise<void> {
    this.#flow.cancel();
    await this.#flow.start(() => this.#settings(this.#asking({ ...this.#wish, deviceId })));
  }

  #asking(camera: CameraOptions): CameraOptions {
    this.#asked = camera.deviceId ?? null;
    return camera;
  }

  #ended(value: string | null): void {
    const { error, result, outcome } = this.#flow.state;
    this.#setValue(value);
    this.#lit = false;
    if (error instanceof VisavisError && NOT_STARTED.includes(error.code)) this.#chooser.forget(this.#asked);
    if (error) this.#tell('visavis-error', { error });
    if (!result) return;
    // The next enrollment may be somebody else's.
    if (result.mode === 'enroll') this.#agreed = 'open';
    const passed = outcome?.kind === 'good';
    this.#tell('visavis-done', { passed, result, value });
    if (passed && this.autoSubmit) this.form?.requestSubmit();
  }

  /** What a person agreed to or chose is theirs: the next start may be somebody else's. */
  #forgetChoices(): void {
    this.#agreed = 'open';
    this.#lit = false;
    this.requestUpdate();
  }

  #agree(given: boolean): void {
    this.#agreed = given ? 'given' : 'open';
    this.requestUpdate();
    this.#tell('visavis-consent', consentDetail(this, this.#said, this.#consentTo, this.#keptFor, given));
  }

  #setValue(value: string | null): void {
    const changed = this.#form.set(value);
    this.#validate();
    if (changed) this.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** A value that no server accepts any more is not sent, and another capture is due. */
  #expireValue(): void {
    this.#flow.cancel();
    this.#setValue(null);
  }

  #validate(): void {
    const missing = this.required && this.#flow.state.outcome?.kind !== 'good';
    this.#form.validate(missing ? this.#said.say('form.required') : null);
  }

  /** Erases a template that is older than it may become, as soon as the page shows that it is there. */
  async #expire(): Promise<void> {
    if (this.templateId === null || this.retention === null) return;
    await new TemplateShelf(this.vault).read(this.templateId, this.retention).catch(() => null);
  }

  #leave(): void {
    this.cancel();
    this.#teller.stop();
    this.#engine.drop();
    this.#playing = null;
  }

  #show(text: string): void {
    const region = this.renderRoot.querySelector('.status');
    if (region) region.textContent = text;
  }

  #tell<Type extends keyof VisavisCaptureEventMap>(type: Type, detail: VisavisCaptureEventMap[Type]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

function isOpen(camera: CameraOptions | Camera | null): camera is Camera {
  return camera !== null && 'frames' in camera;
}
