import type { Camera } from '../client/camera/Camera.js';
import type { CameraOptions } from '../client/camera/openCamera.js';
import { pickedCamera, rememberCamera } from '../client/camera/pickedCamera.js';

/**
 * Cameras that are taken only where there is no better one, the worst first, by how systems name them in their languages. For Windows Hello
 * and its like: gray, or dark without their own lamp. The back of a phone. Programs that pass on another picture, or none.
 */
const UNFIT = [
  /infra-?r|infraverm|\bIR(?:cam)?\b|ИК[ -]|红外|紅外|赤外|적외선|\bdepth\b/i,
  /\b(?:back|rear)\b/i,
  /virtual|\bOBS\b|ManyCam/i,
];

/** The cameras that there are, the one that plays, and the one that the person picked. */
export class CameraChooser {
  #list: readonly MediaDeviceInfo[] = [];
  #playing = '';
  #picked = pickedCamera();
  /** Those that did not start: no better than what does. */
  readonly #failed = new Set<string>();

  /** Cameras to choose from, the fittest first; known once one was opened. */
  get list(): readonly MediaDeviceInfo[] {
    return this.#list;
  }

  /** The one that plays, or played last. */
  get playing(): string {
    return this.#playing;
  }

  /** How to open the camera: the page's wish, else the one that was picked, where it is connected. */
  async options(wish: CameraOptions): Promise<CameraOptions> {
    if (wish.deviceId || wish.facingMode || this.#picked === null) return wish;
    const there = (await devices()).some(({ deviceId }) => deviceId === this.#picked);
    return there ? { ...wish, deviceId: this.#picked } : wish;
  }

  /** Takes note of a camera that was opened. Returns the id of one to open instead, where nobody asked for this one and another is fitter. */
  async opened(camera: Camera, wish: CameraOptions): Promise<string | null> {
    const [track] = camera.stream.getVideoTracks();
    this.#list = (await devices()).sort((a, b) => fitness(b) - fitness(a));
    this.#playing = track?.getSettings().deviceId ?? '';
    if (!track || wish.deviceId || wish.facingMode === 'environment' || this.#playing === this.#picked) return null;
    const fittest = this.#list.find(({ deviceId }) => !this.#failed.has(deviceId));
    return fittest && fitness(fittest) > fitness(track) ? fittest.deviceId : null;
  }

  remember(id: string): void {
    this.#picked = id;
    this.#failed.delete(id);
    rememberCamera(id);
  }

  /** The one that was asked for does not start: the next try takes whichever the browser gives. */
  forget(asked: string | null): void {
    if (asked !== null) this.#failed.add(asked);
    this.#picked = null;
    rememberCamera(null);
  }
}

/** The more, the better; cameras without a name are as good as any. */
function fitness({ label }: { readonly label: string }): number {
  const at = UNFIT.findIndex((pattern) => pattern.test(label));
  return at < 0 ? UNFIT.length : at;
}

async function devices(): Promise<MediaDeviceInfo[]> {
  try {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '');
  } catch {
    return [];
  }
}
