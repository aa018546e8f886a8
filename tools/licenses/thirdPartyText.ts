/** A package that is in a bundle, as Vite describes it: `identifier` is SPDX's, `text` that of its license file, if it has one. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly identifier?: string;
  readonly text?: string;
}

const RULE = '-'.repeat(80);
const INTRODUCTION = `The bundles in this folder contain code of the packages below, each under the license that follows its name.
Written when they are built, from what is in them.`;

/**
 * All notices as one text; packages with the same license text stand above one copy of it.
 * @param apache the text of the Apache License 2.0, for packages under it that come without a file
 * @throws Error naming a package whose license is not known
 */
export function thirdPartyText(packages: Iterable<BundledPackage>, apache: string): string {
  const groups = new Map<string, string[]>();
  for (const { name, version, identifier, text } of [...packages].sort(
    (a, b) => compare(a.name, b.name) || compare(a.version, b.version),
  )) {
    const license = text ?? (identifier === 'Apache-2.0' ? apache : undefined);
    if (license === undefined) {
      throw new Error(`${name} ${version} has no license file and says ${identifier ?? 'nothing'}: its notice has to be found first`);
    }
    const lines = license.replaceAll('\r\n', '\n').trim();
    groups.set(lines, [...(groups.get(lines) ?? []), `${name} ${version} (${identifier ?? 'see below'})`]);
  }
  return `${[INTRODUCTION, ...[...groups].map(([license, names]) => `${names.join('\n')}\n\n${license}`)].join(`\n\n${RULE}\n\n`)}\n`;
}

/** By code units: the same order in every locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
