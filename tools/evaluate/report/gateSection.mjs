import { formatRate } from '../charts/formatRate.mjs';
import { percent } from './figures.mjs';
import { rateWithInterval } from './headline.mjs';
import { html } from './html.mjs';

/** What the quality gate refuses, and what that is worth. @param {import('./Evaluation.js').Evaluation} evaluation @param {import('./figures.mjs').Figure} n */
export function gateSection({ gate }, n) {
  if (!gate) return html``;
  return html`<section>
    <h2>The quality gate</h2>
    <p class="note">
      It refuses ${n('gate.refused')} of ${n('gate.pictures')} pictures. Genuine pairs refused among all pairs (${n('gate.pairs')}) and
      among those of two pictures that pass (${n('gate.pairsKept')}), at thresholds that stay where they are; by lot: had it refused as many
      pictures at random.
    </p>
    <div class="scroll" role="group" aria-label="Table, scrolls sideways" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">refused</th>
            <th scope="col">pictures</th>
            ${gate.at.map(({ fmr }) => html`<th scope="col">at ${formatRate(fmr)} (95&nbsp;%)</th>`)}
          </tr>
        </thead>
        <tbody>
          ${row('none', html`0`, (at) => interval(`${at}.before`, `${at}.beforeInterval`))}
          ${row('by the gate', n('gate.refused'), (at) => interval(`${at}.after`, `${at}.afterInterval`))}
          ${row('the gate’s gain', html``, (at) => interval(`${at}.gain`, `${at}.gainInterval`))}
          ${row('by lot', html``, (at) => html`${n(`${at}.random.0`, percent)} to ${n(`${at}.random.1`, percent)}`)}
          ${gate.reasons.map(({ reason, after }, i) =>
            row(html`<code>${reason}</code> alone`, n(`gate.reasons.${i}.refused`), (_, t) =>
              after[t] === null ? '–' : n(`gate.reasons.${i}.after.${t}`, percent),
            ),
          )}
        </tbody>
      </table>
    </div>
  </section>`;

  /** @param {import('./html.mjs').Content} name @param {import('./html.mjs').Content} pictures @param {(at: string, t: number) => import('./html.mjs').Content} cell */
  function row(name, pictures, cell) {
    return html`<tr>
      <th scope="row">${name}</th>
      <td>${pictures}</td>
      ${gate?.at.map((_, t) => html`<td>${cell(`gate.at.${t}`, t)}</td>`)}
    </tr>`;
  }

  /** @param {string} rate @param {string} range */
  function interval(rate, range) {
    return rateWithInterval(n, rate, range);
  }
}
