import { html, nothing, svg, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { CaptureState } from '../../shared/capture.js';
import { isRunning } from '../FlowState.js';
import { faceOval, featuresOf, outlineOf, shownPart, targetOval } from '../oval.js';
import type { ElementView } from './ElementView.js';
import { icon } from './icons.js';
import { instructionView } from './instructionView.js';

const PLACING: readonly string[] = ['too-close', 'too-far', 'cut-off', 'change-distance', 'other-distance', 'come-closer'];

/** The person's picture, the oval where the face belongs, and what they are told. */
export function mirrorView(view: ElementView): TemplateResult {
  const { words, flow, video, live, mirrored } = view;
  video.className = live ? 'live' : '';
  video.setAttribute('aria-label', words.say('camera.picture'));
  return html`<div part="mirror" class="mirror ${mirrored ? 'mirrored' : ''} ${isRunning(flow) ? '' : 'resting'}">
    ${video} ${flow.outcome ? nothing : ovalView(view)}
    ${flow.outcome ? html`<div class="mark" data-kind=${flow.outcome.kind}>${icon(flow.outcome.kind)}</div>` : nothing}
    ${flow.phase === 'get-ready' && flow.capture?.remaining ? html`<div class="count"><span>${flow.capture.remaining}</span></div>` : nothing}
    ${isRunning(flow) && flow.phase !== 'loading' && flow.phase !== 'asking-for-camera' ? instructionView(view) : nothing}
  </div>`;
}

/** `rest`: no camera. `wait`: the face is not yet where it belongs. `good`: it is. `turn`: what was seen is being decided on. */
type Ring = 'rest' | 'wait' | 'good' | 'turn';

function ringOf(deciding: boolean, capture: CaptureState | null): Ring {
  if (deciding) return 'turn';
  return isGood(capture) ? 'good' : 'wait';
}

function ovalView({ flow, frame, video, mirrored, live }: ElementView): TemplateResult {
  const { capture, phase } = flow;
  const shown = shownPart(frame, { width: video.clientWidth, height: video.clientHeight });
  const oval = targetOval(frame, shown, capture?.prompt?.action ?? null);
  const target = outlineOf(oval);
  const { width, height } = frame;
  const ring = live ? ringOf(phase === 'deciding', capture) : 'rest';
  const done = capture?.prompt ? capture.progress : 0;
  // Another frame, another drawing: the outline would fly across the picture from its place in the old one.
  return html`${keyed(
    `${width} ${height}`,
    html`<svg class="oval" data-ring=${ring} viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <path class="around" fill-rule="evenodd" d="M${-width} ${-height}h${3 * width}v${3 * height}h${-3 * width}z${target}" />
      <path class="track" d=${target} />
      ${live ? nothing : svg`<path class="features" d=${featuresOf(oval)} />`}
      ${live && phase !== 'deciding' ? distanceRing(capture, frame, mirrored) : nothing}
      <path class="done" pathLength="100" stroke-dasharray="${phase === 'deciding' ? 22 : 100 * done} 200" d=${target} />
    </svg>`,
  )}`;
}

/** The face's own size and place, where these are not right yet: it meets the oval where they are. A second oval at other times only confuses. */
function distanceRing(capture: CaptureState | null, frame: ElementView['frame'], mirrored: boolean) {
  if (!capture?.face || !isPlaced(capture.instruction)) return nothing;
  const { cx, cy, rx, ry } = faceOval(capture.face.box, frame, mirrored);
  // Set by script: a policy for styles blocks the attribute.
  const place = `transform: translate(${cx}px, ${cy}px) scale(${rx / 100}, ${ry / 100})`;
  return svg`<ellipse class="face" rx="100" ry="100" .style=${place} />`;
}

/** Whether the person is told to come to another place. */
function isPlaced(told: CaptureState['instruction']): boolean {
  return PLACING.includes(told?.kind === 'hint' ? told.hint : (told?.action ?? ''));
}

function isGood(capture: CaptureState | null): boolean {
  return capture !== null && capture.face !== null && capture.instruction?.kind !== 'hint';
}
