import { html, type TemplateResult } from 'lit';
import type { ElementView } from './ElementView.js';
import { mirrorView } from './mirrorView.js';
import { panelView } from './panelView.js';

/**
 * All that is drawn.
 * @param fills whether it is to fill the screen, above everything else
 * @param onEscape what the key to leave does there
 */
export function captureView(view: ElementView, fills: boolean, onEscape: (event: Event) => void): TemplateResult {
  const { words, mode } = view;
  const label = words.say(`label.${mode}`);
  const base = html`<div part="base" class="base" role="group" aria-label=${label} lang=${words.language} dir=${words.direction}>
    ${mirrorView(view)} ${panelView(view)}
    <div class="status" role="status"></div>
  </div>`;
  if (!fills) return base;
  return html`<dialog aria-label=${label} lang=${words.language} @cancel=${onEscape}>${base}</dialog>`;
}
