import { importFailed } from './importFailed.js';
import { MAX_FILE_BYTES } from './limits.js';
import type { ModelFile } from './ModelFile.js';

/** How much of a file is looked at for text. */
const HEAD = 512;

/**
 * Refuses files that are no model of any kind, before a reader is asked.
 * @throws VisavisError `import-failed` that says what the file is
 */
export function checkFile({ name, bytes }: ModelFile): void {
  if (bytes.length === 0) throw importFailed(`${name}: the file is empty. Download it again.`);
  checkSize(name, bytes.length);
  const head = textOf(bytes.subarray(0, HEAD)).trimStart();
  if (/^<(!doctype|html|head|\?xml|script)/i.test(head)) {
    throw importFailed(`${name}: this is an HTML page, not a model file: the download has led to a page. Download the file itself.`);
  }
  if (head.startsWith('version https://git-lfs.github.com/spec/')) {
    throw importFailed(
      `${name}: this is a Git LFS pointer, not the file itself. Fetch it with git lfs pull, or download it from the page.`,
    );
  }
}

/** @throws VisavisError `import-failed` where a file is larger than any model */
export function checkSize(name: string, bytes: number): void {
  if (bytes > MAX_FILE_BYTES)
    throw importFailed(`${name}: the file has ${bytes} bytes, and at most ${MAX_FILE_BYTES} are taken. No face recognizer is as large.`);
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
