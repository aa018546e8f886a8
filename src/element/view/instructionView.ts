import { html, nothing, type TemplateResult } from 'lit';
import type { CeremonyPrompt } from '../../shared/ceremony.js';
import { instructionText } from '../instructionText.js';
import { isStep } from '../isStep.js';
import type { ElementView } from './ElementView.js';
import { icon, type IconName } from './icons.js';

/** The one thing to do now, on the picture itself: who looks at it reads it. */
export function instructionView({ words, flow }: ElementView): TemplateResult {
  const { capture, phase } = flow;
  const prompt = capture?.prompt ?? null;
  const name: IconName = prompt?.action ?? 'face-camera';
  const counted = phase !== 'get-ready' && prompt && capture?.remaining != null;
  const left = counted ? Math.min(1, (1000 * capture.remaining) / prompt.timeLimit) : 0;
  const small = phase === 'get-ready' ? words.say('ready.text') : prompt && isStep(flow) ? stepText(prompt) : null;
  return html`<div part="instruction" class="instruction" data-hint=${capture?.instruction?.kind === 'hint' ? 'yes' : 'no'}>
    ${icon(name)}
    <p class="tell">
      <span class="words">${instructionText(words, flow)}</span>
      ${small === null ? nothing : html`<small>${small}</small>`}
    </p>
    ${
      counted
        ? html`<span class="seconds" aria-hidden="true">${capture.remaining}</span
            ><span class="left" .style=${`transform: scaleX(${left})`} aria-hidden="true"></span>`
        : nothing
    }
  </div>`;

  function stepText({ done, total }: Pick<CeremonyPrompt, 'done' | 'total'>): string {
    return words.say('progress.step', { step: Math.min(done + 1, total), total });
  }
}
