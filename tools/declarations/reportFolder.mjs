import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Each version has its reports of the public API; that of the version in work is rewritten until it is released. @param {string} root */
export function reportFolder(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(root, 'etc', version);
}
