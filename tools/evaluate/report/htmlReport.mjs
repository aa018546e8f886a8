import { chartSections } from './chartSections.mjs';
import { clusterSection } from './clusterSection.mjs';
import { discardSection } from './discardSection.mjs';
import { failureSection } from './failureSection.mjs';
import { figures } from './figures.mjs';
import { gateSection } from './gateSection.mjs';
import { groupSection } from './groupSection.mjs';
import { headline } from './headline.mjs';
import { html, markup } from './html.mjs';
import { framesTable, knownPointTable, operatingPointTable } from './pointTables.mjs';
import { STYLE } from './style.mjs';
import { templateSection } from './templateSection.mjs';
import { worstSection } from './worstSection.mjs';

/**
 * One page that needs nothing else: no script, no request (its own policy forbids them), light and dark, and on paper.
 * @param {import('./Evaluation.js').Evaluation} evaluation
 * @param {{ thumbnails?: ReadonlyMap<string, string> }} [options] small pictures as data URIs, by file
 * @returns {string}
 */
export function htmlReport(evaluation, { thumbnails = new Map() } = {}) {
  const { dataset, model, modelVersion, backend, build, finished, report, notes, command, version } = evaluation;
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
            Face verification with ${model} ${modelVersion}, ${backend} (${build}), visavis ${version}, on
            <time datetime="${finished}">${finished.slice(0, 10)}</time>
          </p>
        </header>
        <main>
          <p class="warning">${warning(thumbnails.size > 0)}</p>
          ${
            said.length > 0 &&
            html`<section>
              <h2>Mind</h2>
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
            <pre>${command}</pre>
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

/** @param {boolean} pictures */
function warning(pictures) {
  return pictures
    ? html`<b>This file contains pictures of people</b> and names of their files: personal data. Keep it where the pictures may be kept, and
        delete it with them.`
    : html`<b>This file contains names of picture files</b>, which may say who is in them. Keep it where the pictures may be kept.`;
}
