import type { Evaluation } from '../Evaluation.js';
import { chartSections } from './chartSections.js';
import { clusterSection } from './clusterSection.js';
import { discardSection } from './discardSection.js';
import { failureSection } from './failureSection.js';
import { figures } from './figures.js';
import { framesTable } from './framesTable.js';
import { gateSection } from './gateSection.js';
import { groupSection } from './groupSection.js';
import { headline } from './headline.js';
import { html, markup, type Markup } from './html.js';
import { knownPointTable } from './knownPointTable.js';
import { operatingPointTable } from './operatingPointTable.js';
import { STYLE } from './style.js';
import { templateSection } from './templateSection.js';
import { worstSection } from './worstSection.js';

export interface HtmlReportOptions {
  /**
   * Small pictures as data URIs, by file, shown with the pairs that go wrong first. The page then contains pictures of people, and says so.
   */
  readonly thumbnails?: ReadonlyMap<string, string>;
}

/** A self-contained HTML page: no script, no request (its own policy forbids them), for light and dark screens and for paper. */
export function htmlReport(evaluation: Evaluation, { thumbnails = new Map<string, string>() }: HtmlReportOptions = {}): string {
  const { dataset, model, modelVersion, backend, build, arithmetic, finished, report, notes, command, version } = evaluation;
  const n = figures(evaluation);
  const said = [...notes, ...(report?.notes ?? [])];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'" />
        <meta name="robots" content="noindex" />
        <title>${dataset}: ${model} evaluated</title>
        <style>
          ${markup(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>${dataset}</h1>
          <p>
            Face verification with ${model} ${modelVersion}, ${backend} (${[build, arithmetic].filter(Boolean).join(', ')}), visavis
            ${version}, on
            <time datetime="${finished}">${finished.slice(0, 10)}</time>
          </p>
        </header>
        <main>
          <p class="warning">${warning(thumbnails.size > 0)}</p>
          ${
            said.length > 0 &&
            html`<section>
              <h2>Notes</h2>
              <ul class="plain">
                ${said.map((note) => html`<li>${note}</li>`)}
              </ul>
            </section>`
          }
          ${headline(evaluation, n)} ${report && [chartSections(report, operatingPointTable(report, n)), knownPointTable(report, n)]}
          ${framesTable(evaluation, n)} ${templateSection(evaluation, n)} ${gateSection(evaluation, n)} ${discardSection(evaluation, n)}
          ${report && groupSection(report, n)} ${clusterSection(evaluation, n)}
          ${report && [failureSection(report, n), worstSection(report, n, thumbnails)]}
          <section>
            <h2>How to repeat this</h2>
            ${command !== '' && html`<pre>${command}</pre>`}
            <p class="note">
              ${report && html`Method: ${report.measurement.method}.`} Of ${n('pictures')} pictures ${n('fromCache')} were embedded by
              earlier runs.
              ${evaluation.picturesPerSecond !== null && html`Speed: ${n('picturesPerSecond', (value) => value.toFixed(1))} pictures a second.`}
            </p>
          </section>
        </main>
      </body>
    </html> `;
  return page.text;
}

function warning(pictures: boolean): Markup {
  return pictures
    ? html`<b>This file contains pictures of people</b> and names of their files: personal data. Keep it where the pictures may be kept, and
        delete it with them.`
    : html`<b>This file contains names of picture files</b>, which may say who is in them. Keep it where the pictures may be kept.`;
}
