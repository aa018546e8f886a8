/** The non-empty lines of a text, trimmed, with their numbers counted from 1. */
export function linesOf(text: string): { text: string; line: number }[] {
  return text
    .split(/\r?\n/)
    .map((words, i) => ({ text: words.trim(), line: i + 1 }))
    .filter((line) => line.text !== '');
}
