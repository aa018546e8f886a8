import { html, type Content, type Markup } from './html.js';

/** A table that scrolls by itself where the page is narrower, by keys too. `headings`: what stands over each column; `rows`: `<tr>` elements. */
export function scrollingTable(headings: readonly Content[], rows: Content): Markup {
  return html`<div class="scroll" role="group" aria-label="Table, scrolls sideways" tabindex="0">
    <table>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
