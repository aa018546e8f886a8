import { html, nothing, type TemplateResult } from 'lit';
import { isRunning } from '../FlowState.js';
import type { ElementView } from './ElementView.js';
import { endView } from './endView.js';
import { runView } from './runView.js';
import { startView } from './startView.js';
import { transactionView } from './transactionView.js';

/** What lies below the picture: what it is about, one thing to press, and the page's own slots. */
export function panelView(view: ElementView): TemplateResult {
  const { flow } = view;
  const running = isRunning(flow);
  return html`<div part="panel" class="panel">
    ${transactionView(view)} ${running ? runView(view) : flow.outcome ? endView(view) : startView(view)}
    ${running ? nothing : html`<slot name="alternative"></slot>`}
    <slot name="footer"></slot>
  </div>`;
}
