import { formatRate } from '../charts/formatRate.js';
import type { Evaluation } from '../Evaluation.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { four, percent } from './numbers.js';
import { scrollingTable } from './scrollingTable.js';

export function clusterSection({ clusters }: Evaluation, n: Figure): Markup {
  if (!clusters) return html``;
  const { atThreshold, sweep, thresholdsFrom } = clusters;
  return html`<section>
    <h2>Sorting pictures by person</h2>
    <p class="note">
      ${n('clusters.pictures')} pictures of the ${n('clusters.people')} people with ${n('clusters.minPictures')} usable pictures or more,
      clustered without their names. Thresholds: ${thresholdsFrom}.
    </p>
    ${
      atThreshold
        ? html`${scrollingTable(
              ['false match rate', 'distance threshold', 'clusters', 'pairwise F1 (precision, recall)', 'B-cubed F1 (precision, recall)'],
              [row('clusters.atThreshold', 'the chosen threshold'), ...sweep.map((_, i) => row(`clusters.sweep.${i}`, ''))],
            )}
            <p class="note">
              Best of the sweep, by B-cubed F1: ${n('clusters.best.bcubed.f1', percent)} at ${n('clusters.best.threshold', four)}. It was
              chosen on these very pictures, so it is better than can be expected of others.
            </p>`
        : html`<p>Nobody has that many usable pictures.</p>`
    }
  </section>`;

  function row(path: string, about: string) {
    const agreement = (kind: string) =>
      html`${n(`${path}.${kind}.f1`, percent)}
        <span class="sub">(${n(`${path}.${kind}.precision`, percent)}, ${n(`${path}.${kind}.recall`, percent)})</span>`;
    return html`<tr>
      <th scope="row">${n(`${path}.fmr`, formatRate)} ${about && html`<span class="sub">${about}</span>`}</th>
      <td>${n(`${path}.threshold`, four)}</td>
      <td>${n(`${path}.clusters`)}</td>
      <td>${agreement('pairwise')}</td>
      <td>${agreement('bcubed')}</td>
    </tr>`;
  }
}
