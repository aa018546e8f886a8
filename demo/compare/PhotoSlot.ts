import { VisavisError, type EmbedResult } from '../../src/index.js';
import type { EngineHost } from '../engine/EngineHost.js';
import { describePhoto } from './describePhoto.js';
import { outlinePhoto } from './outlinePhoto.js';
import { messageOf } from '../ui/messageOf.js';

/** One of the two photos: takes a file by picker, drop or paste, shows it, and finds its face. */
export class PhotoSlot {
  readonly input: HTMLInputElement;
  readonly #parts: Record<'prompt' | 'picture' | 'note' | 'clear', HTMLElement>;
  #photo: { readonly url: string; readonly abort: AbortController } | null = null;
  #result: EmbedResult | null = null;

  constructor(
    readonly box: HTMLElement,
    private readonly host: EngineHost,
    private readonly onChange: () => void,
  ) {
    const part = (name: string) => box.querySelector<HTMLElement>(`[data-part=${name}]`)!;
    this.#parts = { prompt: part('prompt'), picture: part('picture'), note: part('note'), clear: part('clear') };
    this.input = box.querySelector<HTMLInputElement>('input[type=file]')!;
    this.input.addEventListener('change', () => {
      const file = this.input.files?.[0];
      if (file) void this.take(file);
      // The same file may be chosen again.
      this.input.value = '';
    });
    this.#parts.clear.addEventListener('click', () => {
      this.clear();
      this.input.focus();
    });
    this.#acceptDrops();
  }

  /** Null while there is no face. */
  get result(): EmbedResult | null {
    return this.#result;
  }

  get empty(): boolean {
    return this.#photo === null;
  }

  /** Shows a picture and looks for its face, in place of what was there. */
  async take(file: Blob): Promise<void> {
    this.clear();
    const photo = (this.#photo = { url: URL.createObjectURL(file), abort: new AbortController() });
    const { signal } = photo.abort;
    this.#show('loading', this.host.verifier ? 'Looking for a face …' : 'Waiting for the face engine …');
    try {
      const image = await this.#display(photo.url);
      const verifier = await this.host.ready(signal);
      const result = await verifier.embed(file, { select: 'central', signal });
      const faces = await verifier.analyze(file, { signal });
      this.#result = result;
      this.#parts.picture.append(outlinePhoto(image, faces, result.face));
      image.alt = faces.length > 1 ? 'Your photo; the compared face is outlined' : 'Your photo, its face outlined';
      this.#show('ready', describePhoto(result.face, faces));
    } catch (error) {
      if (signal.aborted) return;
      this.#show('error', wordsFor(error));
    }
    this.onChange();
  }

  clear(): void {
    if (!this.#photo) return;
    this.#photo.abort.abort(new Error('The photo was replaced.'));
    URL.revokeObjectURL(this.#photo.url);
    this.#photo = null;
    this.#result = null;
    this.#parts.picture.replaceChildren();
    this.#show('empty', '');
    this.onChange();
  }

  async #display(url: string): Promise<HTMLImageElement> {
    const image = new Image();
    image.alt = 'Your photo';
    image.src = url;
    try {
      await image.decode();
    } catch (cause) {
      throw new Error('This file can’t be read as a picture. Choose a JPEG, PNG or WebP photo.', { cause });
    }
    if (this.#photo?.url === url) this.#parts.picture.replaceChildren(image);
    return image;
  }

  #show(state: 'empty' | 'loading' | 'ready' | 'error', note: string): void {
    this.box.dataset.state = state;
    this.box.setAttribute('aria-busy', String(state === 'loading'));
    this.#parts.note.textContent = note;
    this.#parts.prompt.textContent = state === 'empty' ? 'Choose a photo' : 'Replace the photo';
    this.#parts.clear.hidden = state === 'empty';
  }

  #acceptDrops(): void {
    const { box } = this;
    box.addEventListener('dragover', (event) => {
      event.preventDefault();
      box.classList.add('dragging');
    });
    box.addEventListener('dragleave', (event) => {
      if (!(event.relatedTarget instanceof Node && box.contains(event.relatedTarget))) box.classList.remove('dragging');
    });
    box.addEventListener('drop', (event) => {
      event.preventDefault();
      box.classList.remove('dragging');
      const file = event.dataTransfer?.files[0];
      if (file) void this.take(file);
    });
  }
}

function wordsFor(error: unknown): string {
  // The error's own words are meant for someone in front of a camera.
  if (error instanceof VisavisError && error.code === 'no-face')
    return 'No face was found in this photo. Choose one that shows a face clearly.';
  return messageOf(error);
}
