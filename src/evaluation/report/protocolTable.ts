import { formatRate } from '../charts/formatRate.js';
import type { ProtocolRates } from '../protocols/measureScores.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { four, percent } from './numbers.js';
import { scrollingTable } from './scrollingTable.js';

/** The results for a published list of pairs. */
export function protocolTable({ name, folds, tar, equalErrorRate }: ProtocolRates, n: Figure): Markup {
  return html`<h2 class="apart">${name}: the listed pairs</h2>
    <p class="note">
      ${n('protocol.genuinePairs')} pairs of one person, ${n('protocol.impostorPairs')} of two; refused because a picture has no usable
      face: ${n('protocol.withoutFace')}.${folds ? ' Accuracy: each fold at the threshold that is best on the others.' : ''}
    </p>
    ${scrollingTable(
      ['figure', 'value', 'distance threshold'],
      [
        folds &&
          html`<tr>
            <th scope="row">accuracy</th>
            <td>${n('protocol.folds.accuracy', percent)} ± ${n('protocol.folds.std', percent)}</td>
            <td>${n('protocol.folds.threshold', four)} (mean)</td>
          </tr>`,
        equalErrorRate &&
          html`<tr>
            <th scope="row">equal error rate</th>
            <td>${n('protocol.equalErrorRate.rate', percent)}</td>
            <td>${n('protocol.equalErrorRate.threshold', four)}</td>
          </tr>`,
        ...tar.map(
          ({ far }, i) =>
            html`<tr>
              <th scope="row">genuine pairs accepted at a false match rate of ${formatRate(far)}</th>
              <td>${n(`protocol.tar.${i}.tar`, percent)}</td>
              <td>${n(`protocol.tar.${i}.threshold`, four)}</td>
            </tr>`,
        ),
      ],
    )}
    ${
      folds &&
      html`<details>
        <summary>Each fold</summary>
        ${scrollingTable(
          ['fold', 'accuracy', 'threshold'],
          folds.perFold.map(
            ({ fold }, i) =>
              html`<tr>
                <th scope="row">${fold}</th>
                <td>${n(`protocol.folds.perFold.${i}.accuracy`, percent)}</td>
                <td>${n(`protocol.folds.perFold.${i}.threshold`, four)}</td>
              </tr>`,
          ),
        )}
      </details>`
    }`;
}
