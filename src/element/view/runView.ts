import { html, nothing, type TemplateResult } from 'lit';
import { helpPlace } from '../helpPlace.js';
import { cameraNames } from './cameraNames.js';
import type { ElementView } from './ElementView.js';

/** While something runs: what is waited for, and the ways out of it. */
export function runView(view: ElementView): TemplateResult {
  const { words, flow, act } = view;
  const skippable = flow.phase === 'get-ready' || Boolean(flow.capture?.prompt?.skip);
  return html`${waitView(view)} ${cameraPicker(view)}
    <div class="actions row">
      <button part="button cancel-button" type="button" @click=${act.cancel}>${words.say('button.cancel')}</button>
      ${skippable ? skipButton(view) : nothing}
    </div>`;
}

function skipButton({ words, flow, act }: ElementView): TemplateResult {
  if (flow.phase === 'get-ready') {
    return html`<button part="button skip-button" class="primary" type="button" @click=${act.skip}>${words.say('button.ready')}</button>`;
  }
  return html`<button part="button skip-button" type="button" aria-label=${words.say('button.skip.label')} @click=${act.skip}>
    ${words.say('button.skip')}
  </button>`;
}

function waitView({ words, flow }: ElementView): TemplateResult | typeof nothing {
  if (flow.phase === 'asking-for-camera') {
    return html`<p part="title" class="title" tabindex="-1">${words.say('permission.title')}</p>
      <p class="text">${words.say('permission.text')}</p>
      ${flow.unanswered ? html`<p class="help">${words.say(`help.${helpPlace(new Error())}`)}</p>` : nothing}`;
  }
  if (flow.phase !== 'loading') return nothing;
  const { loading } = flow;
  const share = loading && loading.total > 0 ? Math.min(1, loading.loaded / loading.total) : null;
  return html`<p part="title" class="title" tabindex="-1">${words.say('loading.title')}</p>
    ${
      share === null
        ? html`<progress part="progress" aria-label=${words.say('loading.label')} data-open></progress>`
        : html`<progress part="progress" aria-label=${words.say('loading.label')} .value=${share}></progress>`
    }
    <p class="text">
      ${loading?.retry ? words.say('loading.retry') : share === null ? words.say('loading.label') : words.say('loading.percent', { share })}
    </p>`;
}

function cameraPicker({ words, cameras, act }: ElementView): TemplateResult | typeof nothing {
  if (cameras.length < 2) return nothing;
  const names = cameraNames(
    cameras.map(({ label }) => label),
    (index) => words.say('camera.unnamed', { index }),
  );
  return html`<label class="picker">
    <span>${words.say('camera.choose')}</span>
    <select part="camera" @change=${(event: Event) => act.chooseCamera((event.currentTarget as HTMLSelectElement).value)}>
      ${cameras.map(({ id, chosen }, i) => html`<option value=${id} ?selected=${chosen}>${names[i]}</option>`)}
    </select>
  </label>`;
}
