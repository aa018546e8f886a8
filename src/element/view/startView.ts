import { html, nothing, type TemplateResult } from 'lit';
import type { ElementView } from './ElementView.js';
import { icon } from './icons.js';

/** Before anything runs: what will happen, and the consent where one is needed. */
export function startView(view: ElementView): TemplateResult {
  const { words, mode, movements, disabled, act } = view;
  return html`<p part="title" class="title" id="title" tabindex="-1">${words.say(`start.${mode}.title`)}</p>
    <slot name="instructions">
      <p class="text">${words.say(`start.${mode}.text`)} ${movements > 0 ? words.say('start.movements', { count: movements }) : nothing}</p>
    </slot>
    ${consentView(view)} ${lightView(view)}
    <div class="actions">
      <slot name="start" @click=${act.start}>
        <button part="button start-button" class="primary" type="button" ?disabled=${disabled}>
          ${icon('camera')}<span>${words.say('button.start')}</span>
        </button>
      </slot>
    </div>
    <p class="note">${icon('lock')}<span>${words.say('start.privacy')}</span></p>`;
}

function consentView({ words, consent, consentTo, retention, disabled, act }: ElementView): TemplateResult | typeof nothing {
  if (consent === null) return nothing;
  return html`<div part="consent" class="consent">
    <div id="consent-text">
      <slot name="consent">
        <p class="text">${words.say(consentTo)} ${retention === null ? nothing : words.say('consent.retention', { days: retention })}</p>
      </slot>
    </div>
    <label class="check">
      <input
        type="checkbox"
        id="agree"
        .checked=${consent === 'given'}
        ?disabled=${disabled}
        aria-invalid=${consent === 'missing' ? 'true' : 'false'}
        aria-describedby=${consent === 'missing' ? 'consent-missing consent-text' : 'consent-text'}
        @change=${(event: Event) => act.agree((event.currentTarget as HTMLInputElement).checked)}
      />
      <span>${words.say('consent.agree')}</span>
    </label>
    ${consent === 'missing' ? html`<p class="missing" id="consent-missing">${words.say('consent.required')}</p>` : nothing}
  </div>`;
}

/** Never chosen beforehand: who is there now has to have read the warning. */
function lightView({ words, light, disabled, act }: ElementView): TemplateResult | typeof nothing {
  if (light === null) return nothing;
  return html`<div part="light" class="consent">
    <label class="check">
      <input
        type="checkbox"
        id="light"
        .checked=${light === 'chosen'}
        ?disabled=${disabled}
        aria-describedby="light-warning"
        @change=${(event: Event) => act.light((event.currentTarget as HTMLInputElement).checked)}
      />
      <span>${words.say('light.title')}</span>
    </label>
    <p class="text" id="light-warning">${words.say('light.warning')}</p>
  </div>`;
}
