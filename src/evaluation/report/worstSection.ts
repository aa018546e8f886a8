import type { VerificationReport } from '../statistics/VerificationReport.js';
import type { Figure } from './figures.js';
import { html, type Markup } from './html.js';
import { four } from './numbers.js';

/**
 * The pairs that go wrong first, with pictures if there are any.
 * @param thumbnails data URIs by file
 */
export function worstSection({ worst }: VerificationReport, n: Figure, thumbnails: ReadonlyMap<string, string>): Markup {
  return html`${list('The closest pairs of different people', 'Would match first. Now and then one person under two names.', 'falseMatches')}
  ${list('The most distant pairs of one person', 'Would be refused first. Often a wrong label, a profile, or a face in the background.', 'falseNonMatches')}`;

  function list(title: string, about: string, kind: 'falseMatches' | 'falseNonMatches') {
    const pairs = worst[kind];
    if (pairs.length === 0) return html``;
    return html`<section>
      <h2>${title}</h2>
      <p class="note">${about}</p>
      <ol class="pairs">
        ${pairs.map(
          ({ a, b }, i) =>
            html`<li>
              ${thumbnails.size > 0 && html`<div class="two">${picture(a)}${picture(b)}</div>`}
              <p><b>${n(`report.worst.${kind}.${i}.distance`, four)}</b></p>
              <p class="note">${a}<br />${b}</p>
            </li>`,
        )}
      </ol>
    </section>`;
  }

  function picture(file: string) {
    const uri = thumbnails.get(file);
    return uri === undefined ? html`<span class="none">no picture</span>` : html`<img src="${uri}" alt="${file}" loading="lazy" />`;
  }
}
