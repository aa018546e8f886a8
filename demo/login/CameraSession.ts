import { openCamera, type Camera, type VisavisError } from '../../src/index.js';
import { Interruption } from './Interruption.js';

/** One period with the camera on, from the request to the end. Ending it stops the camera and everything that depends on its signal. */
export class CameraSession {
  readonly #end = new AbortController();
  #camera: Camera | null = null;

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Throws what `openCamera` throws. */
  async open(video: HTMLVideoElement, onLost: (error: VisavisError) => void): Promise<Camera> {
    const camera = await openCamera({ video, signal: this.signal });
    this.#camera = camera;
    const heard = (event: Event) => onLost((event as CustomEvent<VisavisError>).detail);
    camera.addEventListener('lost', heard, { once: true, signal: this.signal });
    return camera;
  }

  end(): void {
    this.#end.abort(new Interruption('camera-off'));
    this.#camera?.stop();
    this.#camera = null;
  }
}
