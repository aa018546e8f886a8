import { readFile, writeFile } from 'node:fs/promises';
import { percent } from './report/figures.mjs';

/** @typedef {import('../../src/shared/Calibration.js').Calibration} Calibration */

/**
 * Puts a calibration into a model's manifest, in place of what it held.
 * @param {string} path
 * @param {Calibration} calibration
 */
export async function writeIntoManifest(path, { operatingPoints, measurement, fused }) {
  const manifest = JSON.parse(await readFile(path, 'utf8'));
  Object.assign(manifest.embedder, { operatingPoints, measurement, fused });
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
}

/** What was written, for the console. @param {Calibration} calibration @param {string} where */
export function describeCalibration({ operatingPoints, measurement, fused = [] }, where) {
  const frames = fused.map(({ templateFrames, probeFrames }) => `${templateFrames}/${probeFrames}`).join(', ');
  return [
    `Operating points (${measurement.impostorPairs.toLocaleString('en')} impostor pairs) written to ${where}`,
    '  FMR       threshold  FNMR       95 % interval of FNMR',
    ...operatingPoints.map(
      ({ fmr, threshold, fnmr, fnmrInterval }) =>
        `  ${fmr.toExponential(0).padEnd(9)} ${threshold.toFixed(4)}     ${percent(fnmr).padStart(8)}   ${fnmrInterval.map(percent).join(' … ')}`,
    ),
    frames ? `  and for several pictures (template/probe): ${frames}` : '  none for several pictures: too few people have them',
  ].join('\n');
}
