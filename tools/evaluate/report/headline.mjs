import { formatRate } from '../charts/formatRate.mjs';
import { four, percent } from './figures.mjs';
import { html } from './html.mjs';

/** Rates that are told at the top. */
const RATES = [1e-2, 1e-3];

/**
 * The numbers that people ask for first.
 * @param {import('./Evaluation.js').Evaluation} evaluation
 * @param {import('./figures.mjs').Figure} n
 */
export function headline({ protocol, report }, n) {
  const tiles = [];
  if (protocol?.folds) {
    tiles.push(
      tile(
        'Accuracy',
        n('protocol.folds.accuracy', percent),
        html`± ${n('protocol.folds.std', percent)} over ${n('protocol.folds.perFold.length')} folds of ${n('protocol.pairs')} pairs`,
      ),
    );
  }
  if (report?.equalErrorRate) {
    tiles.push(tile('Equal error rate, all pairs', n('report.equalErrorRate.rate', percent), between(n, 'report.equalErrorRate.interval')));
  }
  for (const rate of RATES) {
    const i = report?.operatingPoints.findIndex(({ fmr }) => fmr === rate) ?? -1;
    if (i < 0) continue;
    const at = `report.operatingPoints.${i}`;
    tiles.push(tile(`Refused at a false match rate of ${formatRate(rate)}`, n(`${at}.fnmr`, percent), between(n, `${at}.fnmrInterval`)));
  }
  if (report) {
    tiles.push(
      tile(
        'People',
        n('report.identities'),
        html`${n('report.pictures')} pictures; ${n('report.genuinePairs')} pairs of one person, ${n('report.impostorPairs')} of two`,
      ),
      tile(
        'Failure to acquire',
        n('report.failures.rate', percent),
        html`${n('report.failures.noFace')} without a face, ${n('report.failures.unreadable')} unreadable`,
      ),
    );
  }
  return html`<section aria-label="Headline numbers">
    <dl class="headline">${tiles}</dl>
    ${protocol && protocolTable(protocol, n)}
  </section>`;
}

/** @param {string} name @param {import('./html.mjs').Content} value @param {import('./html.mjs').Content} more */
function tile(name, value, more) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
    <dd>${more}</dd>
  </div>`;
}

/** A 95 % interval, with one unit for both ends. @param {import('./figures.mjs').Figure} n @param {string} path */
export function between(n, path) {
  return html`${n(`${path}.0`, (share) => percent(share).replace(' %', ''))} … ${n(`${path}.1`, percent)}`;
}

/** @param {import('../protocolRates.mjs').ProtocolRates} protocol @param {import('./figures.mjs').Figure} n */
function protocolTable({ name, folds, tar, equalErrorRate }, n) {
  return html`<h2 class="apart">${name}: the listed pairs</h2>
    <p class="note">
      ${n('protocol.genuinePairs')} pairs of one person, ${n('protocol.impostorPairs')} of two; refused because a picture has no usable
      face: ${n('protocol.withoutFace')}.${folds ? ' Accuracy: each fold at the threshold that is best on the others.' : ''}
    </p>
    <div class="scroll" role="group" aria-label="Table, scrolls sideways" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">figure</th>
            <th scope="col">value</th>
            <th scope="col">distance threshold</th>
          </tr>
        </thead>
        <tbody>
          ${
            folds &&
            html`<tr>
              <th scope="row">accuracy</th>
              <td>${n('protocol.folds.accuracy', percent)} ± ${n('protocol.folds.std', percent)}</td>
              <td>${n('protocol.folds.threshold', four)} (mean)</td>
            </tr>`
          }
          ${
            equalErrorRate &&
            html`<tr>
              <th scope="row">equal error rate</th>
              <td>${n('protocol.equalErrorRate.rate', percent)}</td>
              <td>${n('protocol.equalErrorRate.threshold', four)}</td>
            </tr>`
          }
          ${tar.map(
            ({ far }, i) =>
              html`<tr>
                <th scope="row">genuine pairs accepted at a false match rate of ${formatRate(far)}</th>
                <td>${n(`protocol.tar.${i}.tar`, percent)}</td>
                <td>${n(`protocol.tar.${i}.threshold`, four)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      folds &&
      html`<details>
        <summary>Each fold</summary>
        <div class="scroll" role="group" aria-label="Table, scrolls sideways" tabindex="0">
          <table>
            <thead>
              <tr>
                <th scope="col">fold</th>
                <th scope="col">accuracy</th>
                <th scope="col">threshold</th>
              </tr>
            </thead>
            <tbody>
              ${folds.perFold.map(
                ({ fold }, i) =>
                  html`<tr>
                    <th scope="row">${fold}</th>
                    <td>${n(`protocol.folds.perFold.${i}.accuracy`, percent)}</td>
                    <td>${n(`protocol.folds.perFold.${i}.threshold`, four)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>`
    }`;
}

/**
 * A rate with its interval, beside it where there is room, else below.
 * @param {import('./figures.mjs').Figure} n
 * @param {string} rate path
 * @param {string | null} interval path
 * @param {import('./figures.mjs').Format} [format]
 */
export function rateWithInterval(n, rate, interval, format = percent) {
  return html`${n(rate, format)} ${interval !== null && html`<span class="sub">(${between(n, interval)})</span>`}`;
}
