import { html, nothing, type TemplateResult } from 'lit';
import type { ElementView } from './ElementView.js';

/** How it ended, in words, and what can be done now. */
export function endView({ words, flow, disabled, act }: ElementView): TemplateResult {
  const { kind, title, text, values, help, retry } = flow.outcome!;
  return html`<p part="title" class="title" data-kind=${kind} id="title" tabindex="-1">${words.say(title, values)}</p>
    <p class="text">${words.say(text, values)}</p>
    ${help ? html`<p class="help">${words.say(`help.${help}`)}</p>` : nothing}
    ${
      retry
        ? html`<div class="actions">
            <button part="button retry-button" class="primary" type="button" ?disabled=${disabled} @click=${act.start}>
              ${words.say('button.retry')}
            </button>
          </div>`
        : nothing
    }`;
}
