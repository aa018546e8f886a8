import { formatRate } from '../charts/formatRate.js';
import type { Evaluation } from '../Evaluation.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { rateWithInterval } from './rateWithInterval.js';
import { scrollingTable } from './scrollingTable.js';

/** Ways of keeping several pictures in a template, compared. */
export function templateSection({ templates }: Evaluation, n: Figure): Markup {
  if (!templates || templates.length === 0) return html``;
  return html`<section>
    <h2>What a template keeps</h2>
    <p class="note">
      Genuine pairs of a template and a single picture that are refused, by what the template keeps of its pictures; each method has its own
      thresholds, from its own pairs of strangers. Gain: how many fewer are refused than by the plain mean, with the 95&nbsp;% interval of
      that difference; below 0 the plain mean is better.
    </p>
    ${templates.map(
      ({ methods }, s) =>
        html`<h3>${n(`templates.${s}.templateFrames`)} pictures in a template</h3>
          <p class="note">
            ${n(`templates.${s}.people`)} people, ${n(`templates.${s}.genuinePairs`)} genuine pairs and ${n(`templates.${s}.impostorPairs`)}
            of strangers in ${n(`templates.${s}.repetitions`)} draws.
          </p>
          ${scrollingTable(
            ['kept', ...methods[0]!.at.flatMap(({ fmr }) => [html`refused at ${formatRate(fmr)} (95&nbsp;%)`, 'gain'])],
            methods.map(
              ({ name, at }, m) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  ${at.flatMap((_, t) => {
                    const path = `templates.${s}.methods.${m}.at.${t}`;
                    return [
                      html`<td>${rateWithInterval(n, `${path}.fnmr`, `${path}.interval`)}</td>`,
                      html`<td>${m > 0 && rateWithInterval(n, `${path}.gain`, `${path}.gainInterval`)}</td>`,
                    ];
                  })}
                </tr>`,
            ),
          )}`,
    )}
  </section>`;
}
