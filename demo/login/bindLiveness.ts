import { byId } from '../ui/byId.js';

const REMEMBERED = 'visavis-demo-liveness';

/** The switch that asks for movements, as this browser remembers it. */
export function bindLiveness(): void {
  const liveness = byId('liveness-switch', HTMLInputElement);
  liveness.checked = localStorage.getItem(REMEMBERED) === 'on';
  liveness.addEventListener('change', () => localStorage.setItem(REMEMBERED, liveness.checked ? 'on' : 'off'));
}
