import type { VerificationReport } from '../statistics/VerificationReport.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { percent } from './numbers.js';

/** How many pictures are listed by name. */
const LISTED = 50;

export function failureSection({ failures, quality }: VerificationReport, n: Figure): Markup {
  const { pictures, enroll } = failures;
  const reasons = Object.keys(quality.reasons);
  return html`<section>
    <h2>Failures to acquire and to enroll</h2>
    <p>
      ${n('report.failures.rate', percent)} of the pictures gave no embedding (${n('report.failures.noFace')} without a face,
      ${n('report.failures.unreadable')} unreadable); they are in no pair of the curves. ${n('report.failures.enroll.count')}
      ${enroll.count === 1 ? 'person has' : 'people have'} no usable picture (${n('report.failures.enroll.rate', percent)}).
    </p>
    <p>
      The quality gate would refuse ${n('report.quality.refused')} of ${n('report.pictures')} pictures${reasons.length > 0 ? ':' : '.'}
      ${reasons.map((reason, i) => html`${i > 0 && ', '}${reason} ${n(`report.quality.reasons.${reason}`)}`)}${reasons.length > 0 && '. A picture may have several reasons; none was left out because of them.'}
    </p>
    ${
      pictures.length > 0 &&
      html`<details>
        <summary>The ${pictures.length > LISTED ? `first ${LISTED} of the ` : ''}pictures without an embedding</summary>
        <ul class="plain note">
          ${pictures.slice(0, LISTED).map(({ file, error }) => html`<li><code>${file}</code>: ${error === 'no-face' ? 'no face found' : error}</li>`)}
        </ul>
      </details>`
    }
    ${
      enroll.count > 0 &&
      html`<details>
        <summary>The ${enroll.count > LISTED ? `first ${LISTED} of the ` : ''}people without a usable picture</summary>
        <p class="note">${enroll.identities.slice(0, LISTED).join(', ')}</p>
      </details>`
    }
  </section>`;
}
