import { readFile, writeFile } from 'node:fs/promises';

/**
 * Puts a calibration into a model's manifest, replacing the previous one.
 * @param {string} path
 * @param {import('visavis/evaluation').Calibration} calibration
 */
export async function writeIntoManifest(path, { operatingPoints, measurement, fused, normalized }) {
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  Object.assign(manifest.embedder, { operatingPoints, measurement, fused });
  if (normalized) {
    const { operatingPoints, measurement, fused } = normalized;
    Object.assign(manifest.embedder.cohort, { operatingPoints, measurement, fused });
  }
  // A point a line: there may be hundreds.
  const text = JSON.stringify(manifest, null, 2).replace(/\{\s+"fmr"[^{}]*\}/g, (point) => point.replace(/\s+/g, ' '));
  await writeFile(path, `${text}\n`);
}
