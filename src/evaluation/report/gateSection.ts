import { formatRate } from '../charts/formatRate.js';
import type { Evaluation } from '../Evaluation.js';
import type { Figure } from './figures.js';
import type { Content } from './html.js';
import { html, type Markup } from './html.js';
import { percent } from './numbers.js';
import { rateWithInterval } from './rateWithInterval.js';
import { scrollingTable } from './scrollingTable.js';

/** What the quality gate refuses, and what that is worth. */
export function gateSection({ gate }: Evaluation, n: Figure): Markup {
  if (!gate) return html``;
  return html`<section>
    <h2>The quality gate</h2>
    <p class="note">
      It refuses ${n('gate.refused')} of ${n('gate.pictures')} pictures. Genuine pairs refused among all pairs (${n('gate.pairs')}) and
      among those of two pictures that pass (${n('gate.pairsKept')}), at fixed thresholds. By lot: if it had refused as many pictures at
      random.
    </p>
    ${scrollingTable(
      ['refused', 'pictures', ...gate.at.map(({ fmr }) => html`at ${formatRate(fmr)} (95&nbsp;%)`)],
      [
        row('none', html`0`, (at) => interval(`${at}.before`, `${at}.beforeInterval`)),
        row('by the gate', n('gate.refused'), (at) => interval(`${at}.after`, `${at}.afterInterval`)),
        row('the gate’s gain', html``, (at) => interval(`${at}.gain`, `${at}.gainInterval`)),
        row('by lot', html``, (at) => html`${n(`${at}.random.0`, percent)} to ${n(`${at}.random.1`, percent)}`),
        ...gate.reasons.map(({ reason, after }, i) =>
          row(html`<code>${reason}</code> alone`, n(`gate.reasons.${i}.refused`), (_, t) =>
            after[t] === null ? '–' : n(`gate.reasons.${i}.after.${t}`, percent),
          ),
        ),
      ],
    )}
  </section>`;

  function row(name: Content, pictures: Content, cell: (at: string, t: number) => Content) {
    return html`<tr>
      <th scope="row">${name}</th>
      <td>${pictures}</td>
      ${gate?.at.map((_, t) => html`<td>${cell(`gate.at.${t}`, t)}</td>`)}
    </tr>`;
  }

  function interval(rate: string, range: string) {
    return rateWithInterval(n, rate, range);
  }
}
