import type { Camera } from '../client/Camera.js';
import type { CameraOptions } from '../client/openCamera.js';

/** Which camera this person picked last on this origin. */
const REMEMBERED = 'visavis-camera';
/** Cameras for Windows Hello and their like: grey, or dark without their own lamp. */
const INFRARED = /infra-?red|\bIR\b/i;

/** The cameras that there are, the one that plays, and the one that the person picked. */
export class CameraChooser {
  #list: readonly MediaDeviceInfo[] = [];
  #playing = '';

  /** Cameras to choose from; known once one was opened. */
  get list(): readonly MediaDeviceInfo[] {
    return this.#list;
  }

  /** The one that plays, or played last. */
  get playing(): string {
    return this.#playing;
  }

  /** How to open the camera: the page's wish, else the one that was picked, where it is connected. */
  async options(wish: CameraOptions): Promise<CameraOptions> {
    if (wish.deviceId || wish.facingMode) return wish;
    const id = remembered();
    if (id === null) return wish;
    const there = (await devices()).some(({ deviceId }) => deviceId === id);
    return there ? { ...wish, deviceId: id } : wish;
  }

  /**
   * Takes note of a camera that was opened. Returns the id of one to open instead, where nobody picked this one and it is an infrared one.
   */
  async opened(camera: Camera, wish: CameraOptions): Promise<string | null> {
    const [track] = camera.stream.getVideoTracks();
    this.#list = await devices();
    this.#playing = track?.getSettings().deviceId ?? '';
    if (!track || wish.deviceId || !INFRARED.test(track.label)) return null;
    return this.#list.find(({ deviceId, label }) => deviceId !== this.#playing && !INFRARED.test(label))?.deviceId ?? null;
  }

  remember(id: string): void {
    try {
      localStorage.setItem(REMEMBERED, id);
    } catch {
      // A page without storage forgets it.
    }
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

async function devices(): Promise<MediaDeviceInfo[]> {
  try {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '');
  } catch {
    return [];
  }
}
