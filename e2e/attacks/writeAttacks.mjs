import { readFile, writeFile } from 'node:fs/promises';

const [BEGIN, END] = ['<!-- attacks:begin -->', '<!-- attacks:end -->'];

/**
 * Puts rows of `reportAttacks` into the table of a Markdown file, between its markers, replacing those of the same film or adding them at
 * the end. Other rows stay.
 * @param {string} file
 * @param {string} table
 */
export async function writeAttacks(file, table) {
  const text = await readFile(file, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${file} has no table between ${BEGIN} and ${END}`);
  const rows = new Map(rowsOf(text.slice(begin + BEGIN.length, end)).map((row) => [row[0], row]));
  for (const row of rowsOf(table)) if (row[0] !== undefined) rows.set(row[0], row);
  await writeFile(file, `${text.slice(0, begin)}${BEGIN}\n\n${aligned([...rows.values()])}\n\n${text.slice(end)}`);
}

/** Heading and rows, cell by cell. @param {string} table */
function rowsOf(table) {
  const lines = table.split('\n').filter((line) => line.startsWith('|') && !/^[|\s-]+$/.test(line));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

/** Formatted the way Prettier would. @param {string[][]} rows */
function aligned(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  return [lines[0], `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)].join('\n');
}
