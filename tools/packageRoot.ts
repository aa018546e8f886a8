import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package visavis: of an installed one, or of the repository. */
export function packageRoot(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (nameIn(folder) === 'visavis') return folder;
    if (folder === dirname(folder))
      throw new Error('The command is not inside the package visavis, whose files it needs: install it with npm');
  }
}

function nameIn(folder: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown }).name;
  } catch {
    return null;
  }
}
