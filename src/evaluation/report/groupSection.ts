import { formatRate } from '../charts/formatRate.js';
import type { GroupPairs } from '../statistics/groupTable.js';
import type { VerificationReport } from '../statistics/VerificationReport.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { four } from './numbers.js';
import { rateWithInterval } from './rateWithInterval.js';
import { scrollingTable } from './scrollingTable.js';

export function groupSection({ groups }: VerificationReport, n: Figure): Markup {
  if (!groups) return html``;
  const base = 'report.groups';
  return html`<section>
    <h2>By group</h2>
    <p class="note">
      ${groups.groups.map(({ name }, i) => html`${i > 0 && '; '}${name}: ${n(`${base}.groups.${i}.people`)} people, ${n(`${base}.groups.${i}.pictures`)} pictures`)}.
      ${groups.ungrouped > 0 && html`${n(`${base}.ungrouped`)} pictures have no group and are in no row.`} The thresholds are those of all
      pictures together. An interval from 0 to 100 % means that there are too few people to tell.
    </p>
    ${groups.thresholds.length === 0 && html`<p>There are too few pairs for a threshold at which groups could be compared.</p>`}
    ${groups.thresholds.map(
      ({ fmr }, t) =>
        html`<h3>At ${n(`${base}.thresholds.${t}.threshold`, four)}: a false match rate of ${formatRate(fmr)} over all</h3>
          ${scrollingTable(
            ['group', 'pairs of strangers', html`false matches (95&nbsp;%)`, 'genuine pairs', html`refused (95&nbsp;%)`],
            groups.cells.map(
              ({ a, b }, i) =>
                html`<tr>
                  <th scope="row">${a === b ? a : `${a} × ${b}`}</th>
                  ${cell(`${base}.cells.${i}.impostor`, groups.cells[i]!.impostor, t)}${cell(`${base}.cells.${i}.genuine`, groups.cells[i]!.genuine, t)}
                </tr>`,
            ),
          )}`,
    )}
  </section>`;

  function cell(at: string, pairs: GroupPairs, t: number) {
    const { rate } = pairs.rates[t]!;
    return html`<td>${n(`${at}.pairs`)}</td>
      <td>${rateWithInterval(n, `${at}.rates.${t}.rate`, rate === null ? null : `${at}.rates.${t}.interval`)}</td>`;
  }
}
