import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../replaceFile.mjs';
import { readManifest } from './modelFiles.mjs';

/** The row of an imported model's card, as the import and this file write it. Cards that people wrote have others. */
const ACCURACY = /^\| Accuracy \| (?:not measured: `npx visavis calibrate`|measured by `npx visavis calibrate`).*$/m;

/**
 * Puts a calibration into a model's manifest, replacing the previous one, and into the model card that an import wrote.
 * @param {string} path
 * @param {import('visavis/evaluation').Calibration} calibration
 * @returns {Promise<string>} the manifest's hash, as the option `integrity` takes it
 */
export async function writeIntoManifest(path, { operatingPoints, measurement, fused, normalized }) {
  const manifest = /** @type {any} */ (await readManifest(path));
  Object.assign(manifest.embedder, { operatingPoints, measurement, fused });
  if (normalized) {
    const { operatingPoints, measurement, fused } = normalized;
    Object.assign(manifest.embedder.cohort, { operatingPoints, measurement, fused });
  }
  // A point a line: there may be hundreds.
  const text = `${JSON.stringify(manifest, null, 2).replace(/\{\s+"fmr"[^{}]*\}/g, (point) => point.replace(/\s+/g, ' '))}\n`;
  await replaceFile(path, text);
  const card = join(dirname(path), manifest.embedder.modelCard ?? 'MODEL_CARD.md');
  const said = await readFile(card, 'utf8').catch(() => '');
  if (ACCURACY.test(said))
    await replaceFile(
      card,
      said.replace(ACCURACY, () => accuracy(operatingPoints, measurement)),
    );
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/**
 * @param {import('visavis/evaluation').Calibration['operatingPoints']} points
 * @param {import('visavis/evaluation').Calibration['measurement']} measurement
 */
function accuracy(points, { dataset, impostorPairs }) {
  const refused = points
    .filter(({ fmr, extrapolated }) => !extrapolated && /^(?:0\.0*1|1e-\d+)$/.test(String(fmr)))
    .map(({ fmr, fnmr }) => `${(100 * fnmr).toFixed(2)} % at 1 false match in ${Math.round(1 / fmr).toLocaleString('en')}`);
  const name = dataset.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const pairs = impostorPairs.toLocaleString('en');
  return `| Accuracy | measured by \`npx visavis calibrate\` on ${name} (${pairs} pairs of strangers): refused ${refused.join(', ')} |`;
}
