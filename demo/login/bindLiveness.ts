import { byId } from '../ui/byId.js';
import { memo } from '../ui/memo.js';

const PLACE = 'visavis-demo-liveness';

/** The switch that asks for movements, as this browser remembers it. */
export function bindLiveness(): void {
  const liveness = byId('liveness-switch', HTMLInputElement);
  liveness.checked = memo.read(PLACE) === 'on';
  liveness.addEventListener('change', () => memo.write(PLACE, liveness.checked ? 'on' : 'off'));
}

export function forgetLiveness(): void {
  memo.write(PLACE, null);
}
