import type { PageState, PageStore } from '../state/PageState.js';
import { byId } from '../ui/byId.js';
import { setText } from '../ui/setText.js';
import type { FaceOutline } from './FaceOutline.js';
import { HINT_TEXTS } from './hints.js';
import type { LoginDesk } from './LoginDesk.js';

const LABELS: Record<PageState['camera'], string> = {
  off: 'Turn on camera',
  starting: 'Cancel',
  live: 'Turn off camera',
  error: 'Try again',
};

const COVERS: Record<PageState['camera'], readonly [title: string, text: string]> = {
  off: ['Face the camera', 'Your browser asks before the camera starts. Pictures are processed on this device, then deleted.'],
  starting: ['Waiting for the camera', 'Choose Allow when your browser asks.'],
  live: ['', ''],
  error: ['No camera picture', ''],
};

/** The mirror: the camera button, what covers it while there is no picture, and the hint below. */
export function bindStage(store: PageStore, desk: LoginDesk, outline: FaceOutline): void {
  const stage = byId('stage');
  const video = byId('video', HTMLVideoElement);
  const button = byId('camera-button', HTMLButtonElement);
  const hintBox = byId('hint');

  button.addEventListener('click', () => {
    const { camera } = store.state;
    if (camera === 'live' || camera === 'starting') desk.turnOff();
    else void desk.turnOn();
  });
  video.addEventListener('resize', () => {
    if (video.videoWidth > 0) stage.style.setProperty('--aspect', String(video.videoWidth / video.videoHeight));
  });

  store.subscribe((state) => {
    const { camera, hint, task, notices } = state;
    stage.dataset.state = camera;
    byId('camera-icon', SVGUseElement).setAttribute('href', camera === 'live' ? '#icon-camera-off' : '#icon-camera');
    setText(byId('camera-label'), notices.camera?.code === 'camera-lost' ? 'Reconnect' : LABELS[camera]);
    setText(byId('cover-title'), COVERS[camera][0]);
    setText(byId('cover-text'), COVERS[camera][1]);
    hintBox.dataset.hint = hint ?? '';
    hintBox.dataset.tone = hint === null ? 'idle' : hint === 'ok' ? 'good' : 'wait';
    setText(byId('hint-text'), hintText(state));
    outline.setProgress(task && task.count / task.total);
  });
}

/** The one sentence below the mirror. */
export function hintText({ camera, hint, engine, task }: PageState): string {
  if (camera !== 'live') return 'Pictures stay on this device';
  if (engine.state === 'loading') return 'The face engine is still loading';
  if (engine.state === 'error') return 'The face engine has stopped';
  if (hint === null) return 'Looking for your face';
  return hint === 'ok' && !task ? 'Your face is in full view' : HINT_TEXTS[hint];
}
