import { readFile } from 'node:fs/promises';
import { applyLabels } from 'visavis/evaluation';

/**
 * Puts pictures into groups by a CSV file, see `applyLabels`. Errors and notes name the option they refer to.
 * @param {readonly import('visavis/evaluation').LabeledPicture[]} pictures
 * @param {string} file
 */
export async function readLabels(pictures, file) {
  const csv = await readFile(file, 'utf8');
  try {
    const labeled = applyLabels(pictures, csv);
    return { ...labeled, notes: labeled.notes.map((note) => `--labels: ${note}`) };
  } catch (error) {
    throw new Error(`--labels: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
